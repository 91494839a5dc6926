"""What LangChain makes of a running Cairn. Prints one JSON object."""

import asyncio
import json
import sys

from langchain_core.messages import AIMessage, ChatMessage, HumanMessage, SystemMessage, ToolMessage
from langchain_openai import ChatOpenAI
from openai import APIStatusError

base_url, model, question = sys.argv[1:]


def chat(**changes):
    settings = {"model": model, "max_tokens": 24, "stream_usage": True, **changes}
    return ChatOpenAI(base_url=base_url, api_key="any", max_retries=0, **settings)


def refusal(messages=question, **changes):
    try:
        chat(**changes).invoke(messages)
    except APIStatusError as error:
        return f"{type(error).__name__} {error.status_code} {error.code}"


async def asynchronous():
    parts = [part.content async for part in chat().astream(question)]
    return (await chat().ainvoke(question)).content, "".join(parts)


whole = chat(temperature=0, top_p=1, seed=1).invoke(question)
parts = list(chat().stream(question))
streamed = sum(parts[1:], parts[0])
conversation = chat().invoke(
    [
        SystemMessage("Be brief."),
        ChatMessage("Name the code.", role="developer"),
        HumanMessage("Is there a gate?"),
        AIMessage("There is."),
        HumanMessage(question),
    ]
)

print(
    json.dumps(
        {
            "text": whole.content,
            "finishReason": whole.response_metadata["finish_reason"],
            "promptTokens": whole.usage_metadata["input_tokens"],
            "cachedTokens": whole.usage_metadata["input_token_details"]["cache_read"],
            "completionTokens": whole.usage_metadata["output_tokens"],
            "streamed": streamed.content,
            "streamedCompletionTokens": streamed.usage_metadata["output_tokens"],
            "asynchronous": asyncio.run(asynchronous()),
            "stopped": chat(stop=[whole.content[4:6]]).invoke(question).content,
            "conversationTokens": conversation.usage_metadata["input_tokens"],
            "errors": {
                "unknownModel": refusal(model="cairn/nowhere"),
                "badTemperature": refusal(temperature=3),
                "tooLong": refusal(question * 100),
                "tooLarge": refusal("a" * 1_100_000),
                "toolMessage": refusal(
                    [ToolMessage("QX-7731", tool_call_id="1"), HumanMessage(question)]
                ),
            },
        }
    )
)
