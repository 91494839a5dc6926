"""What OpenAI's own Python client makes of a running Cairn. Prints one JSON object."""

import json
import sys

from openai import NotFoundError, OpenAI

base_url, model, question = sys.argv[1:]
client = OpenAI(base_url=base_url, api_key="any", max_retries=0)
messages = [{"role": "user", "content": question}]

whole = client.chat.completions.create(
    model=model, messages=messages, max_tokens=24, temperature=0, top_p=1, seed=1
)
parts = list(
    client.chat.completions.create(
        model=model,
        messages=messages,
        max_tokens=24,
        stream=True,
        stream_options={"include_usage": True},
    )
)
stopped = client.chat.completions.create(
    model=model, messages=messages, max_tokens=24, stop=[whole.choices[0].message.content[4:6]]
)
try:
    client.chat.completions.create(model="cairn/nowhere", messages=messages)
    error = None
except NotFoundError as refused:
    error = refused.code

print(
    json.dumps(
        {
            "models": [each.id for each in client.models.list()],
            "model": client.models.retrieve(model).id,
            "text": whole.choices[0].message.content,
            "finishReason": whole.choices[0].finish_reason,
            "cachedTokens": whole.usage.prompt_tokens_details.cached_tokens,
            "completionTokens": whole.usage.completion_tokens,
            "streamed": "".join(
                each.choices[0].delta.content or "" for each in parts if each.choices
            ),
            "streamedCompletionTokens": parts[-1].usage.completion_tokens,
            "stopped": stopped.choices[0].message.content,
            "error": error,
        }
    )
)
