// What OpenAI's own JavaScript client makes of a running Cairn. Prints one JSON object.
import { createRequire } from "node:module";

const [folder, baseURL, model, question] = process.argv.slice(2);
const { OpenAI, NotFoundError } = createRequire(folder + "/")("openai");
const client = new OpenAI({ baseURL, apiKey: "any", maxRetries: 0 });
const messages = [{ role: "user", content: question }];

const whole = await client.chat.completions.create({
  model, messages, max_tokens: 24, temperature: 0, top_p: 1, seed: 1,
});
const parts = [];
const stream = await client.chat.completions.create({
  model, messages, max_tokens: 24, stream: true, stream_options: { include_usage: true },
});
for await (const part of stream) {
  parts.push(part);
}
const text = whole.choices[0].message.content;
const stopped = await client.chat.completions.create({
  model, messages, max_tokens: 24, stop: [text.slice(4, 6)],
});
let error = null;
try {
  await client.chat.completions.create({ model: "cairn/nowhere", messages });
} catch (refused) {
  if (refused instanceof NotFoundError) {
    error = refused.code;
  }
}
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
    cachedTokens: whole.usage.prompt_tokens_details.cached_tokens,
    completionTokens: whole.usage.completion_tokens,
    streamed: parts.map((part) => part.choices[0]?.delta.content ?? "").join(""),
    streamedCompletionTokens: parts.at(-1).usage.completion_tokens,
    stopped: stopped.choices[0].message.content,
    error,
  }),
);
