"""What OpenAI's own Python client makes of a running Cairn. Prints one JSON object."""

import asyncio
import json
import sys

from openai import APIStatusError, AsyncOpenAI, OpenAI

base_url, model, question = sys.argv[1:]
settings = {"base_url": base_url, "api_key": "any", "max_retries": 0}
client = OpenAI(**settings)
messages = [{"role": "user", "content": question}]
asked = {"model": model, "messages": messages, "max_tokens": 24}
streamed = {**asked, "stream": True, "stream_options": {"include_usage": True}}


def ask(**changes):
    return client.chat.completions.create(**{**asked, **changes})


def refusal(**changes):
    try:
        ask(**changes)
    except APIStatusError as error:
        return f"{type(error).__name__} {error.status_code} {error.code}"


def text(parts):
    return "".join(part.choices[0].delta.content or "" for part in parts if part.choices)


async def asynchronous():
    async with AsyncOpenAI(**settings) as client:
        whole = await client.chat.completions.create(**asked)
        stream = await client.chat.completions.create(**streamed)
        return whole.choices[0].message.content, text([part async for part in stream])


whole = ask(temperature=0, top_p=1, seed=1)
parts = list(client.chat.completions.create(**streamed))
conversation = ask(
    messages=[
        {"role": "system", "content": "Be brief."},
        {"role": "developer", "content": "Name the code."},
        {"role": "user", "content": "Is there a gate?"},
        {"role": "assistant", "content": "There is."},
        *messages,
    ]
)
tool = {"role": "tool", "tool_call_id": "1", "content": "QX-7731"}

print(
    json.dumps(
        {
            "models": [each.id for each in client.models.list()],
            "model": client.models.retrieve(model).id,
            "text": whole.choices[0].message.content,
            "finishReason": whole.choices[0].finish_reason,
            "promptTokens": whole.usage.prompt_tokens,
            "cachedTokens": whole.usage.prompt_tokens_details.cached_tokens,
            "completionTokens": whole.usage.completion_tokens,
            "citations": len(whole.choices[0].message.cairn["citations"]),
            "streamed": text(parts),
            "streamedCompletionTokens": parts[-1].usage.completion_tokens,
            "asynchronous": asyncio.run(asynchronous()),
            "stopped": ask(stop=[whole.choices[0].message.content[4:6]]).choices[0].message.content,
            "conversationTokens": conversation.usage.prompt_tokens,
            "errors": {
                "unknownModel": refusal(model="cairn/nowhere"),
                "badTemperature": refusal(temperature=3),
                "tooLong": refusal(messages=[{"role": "user", "content": question * 100}]),
                "tooLarge": refusal(messages=[{"role": "user", "content": "a" * 1_100_000}]),
                "toolMessage": refusal(messages=[tool, *messages]),
            },
        }
    )
)
