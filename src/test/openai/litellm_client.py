"""What LiteLLM makes of a running Cairn. Prints one JSON object."""

import asyncio
import json
import os
import sys

os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"  # else it fetches a list of prices
import litellm
from openai import APIError

litellm.suppress_debug_info = True
base_url, model, question = sys.argv[1:]
messages = [{"role": "user", "content": question}]
asked = {
    "model": "openai/" + model,
    "messages": messages,
    "max_tokens": 24,
    "api_base": base_url,
    "api_key": "any",
    "max_retries": 0,
}
streamed = {**asked, "stream": True, "stream_options": {"include_usage": True}}


def ask(**changes):
    return litellm.completion(**{**asked, **changes})


def refusal(**changes):
    try:
        ask(**changes)
    except APIError as error:  # LiteLLM's own are of this kind
        return f"{type(error).__name__} {error.status_code}"


def text(parts):
    return "".join(part.choices[0].delta.content or "" for part in parts if part.choices)


async def asynchronous():
    whole = await litellm.acompletion(**asked)
    stream = await litellm.acompletion(**streamed)
    return whole.choices[0].message.content, text([part async for part in stream])


whole = ask(temperature=0, top_p=1, seed=1)
parts = list(litellm.completion(**streamed))
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
            "models": litellm.get_valid_models(
                check_provider_endpoint=True,
                custom_llm_provider="openai",
                api_base=base_url,
                api_key="any",
            ),
            "text": whole.choices[0].message.content,
            "finishReason": whole.choices[0].finish_reason,
            "promptTokens": whole.usage.prompt_tokens,
            "cachedTokens": whole.usage.prompt_tokens_details.cached_tokens,
            "completionTokens": whole.usage.completion_tokens,
            "streamed": text(parts),
            "streamedCompletionTokens": parts[-1].usage.completion_tokens,
            "asynchronous": asyncio.run(asynchronous()),
            "stopped": ask(stop=[whole.choices[0].message.content[4:6]]).choices[0].message.content,
            "conversationTokens": conversation.usage.prompt_tokens,
            "errors": {
                "unknownModel": refusal(model="openai/cairn/nowhere"),
                "badTemperature": refusal(temperature=3),
                "tooLong": refusal(messages=[{"role": "user", "content": question * 100}]),
                "tooLarge": refusal(messages=[{"role": "user", "content": "a" * 1_100_000}]),
                "toolMessage": refusal(messages=[tool, *messages]),
            },
        }
    )
)
