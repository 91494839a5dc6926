// What OpenAI's own JavaScript client makes of a running Cairn. Prints one JSON object.
import { createRequire } from "node:module";

const [folder, baseURL, model, question] = process.argv.slice(2);
const { APIError, OpenAI } = createRequire(folder + "/")("openai");
const client = new OpenAI({ baseURL, apiKey: "any", maxRetries: 0 });
const user = (content) => ({ role: "user", content });
const ask = (changes) =>
  client.chat.completions.create({
    model, messages: [user(question)], max_tokens: 24, ...changes,
  });

async function refusal(changes) {
  try {
    await ask(changes);
  } catch (error) {
    if (error instanceof APIError) {
      return `${error.constructor.name} ${error.status} ${error.code}`;
    }
    throw error;
  }
}

const whole = await ask({ temperature: 0, top_p: 1, seed: 1 });
const text = whole.choices[0].message.content;
const parts = [];
for await (const part of await ask({ stream: true, stream_options: { include_usage: true } })) {
  parts.push(part);
}
const conversation = await ask({
  messages: [
    { role: "system", content: "Be brief." },
    { role: "developer", content: "Name the code." },
    user("Is there a gate?"),
    { role: "assistant", content: "There is." },
    user(question),
  ],
});
const tool = { role: "tool", tool_call_id: "1", content: "QX-7731" };
const models = [];
for await (const each of client.models.list()) {
  models.push(each.id);
}

console.log(
  JSON.stringify({
    models,
    model: (await client.models.retrieve(model)).id,
    text,
    finishReason: whole.choices[0].finish_reason,
    promptTokens: whole.usage.prompt_tokens,
    cachedTokens: whole.usage.prompt_tokens_details.cached_tokens,
    completionTokens: whole.usage.completion_tokens,
    citations: whole.choices[0].message.cairn.citations.length,
    streamed: parts.map((part) => part.choices[0]?.delta.content ?? "").join(""),
    streamedCompletionTokens: parts.at(-1).usage.completion_tokens,
    stopped: (await ask({ stop: [text.slice(4, 6)] })).choices[0].message.content,
    conversationTokens: conversation.usage.prompt_tokens,
    errors: {
      unknownModel: await refusal({ model: "cairn/nowhere" }),
      badTemperature: await refusal({ temperature: 3 }),
      tooLong: await refusal({ messages: [user(question.repeat(100))] }),
      tooLarge: await refusal({ messages: [user("a".repeat(1_100_000))] }),
      toolMessage: await refusal({ messages: [tool, user(question)] }),
    },
  }),
);
