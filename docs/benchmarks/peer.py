"""Measures llama.cpp with the very decoder that Cairn ships: prompt, writing, a question after
re-reading a long text, and from a restored cache.

    python3 -m venv peer
    CMAKE_BUILD_PARALLEL_LEVEL=2 peer/bin/pip install --no-binary llama-cpp-python llama-cpp-python
    peer/bin/python docs/benchmarks/peer.py --text book.txt --tokens 1024 32000
"""

import argparse
import json
import os
import pathlib
import statistics
import tempfile
import time

import llama_cpp

QUESTION = "\n\nQuestion: Who gives the reception at the beginning?\nAnswer:"
WRITTEN_TOKENS = 32


def seconds_of(work):
    begin = time.perf_counter()
    result = work()
    return time.perf_counter() - begin, result


def spread(values):
    return {"median": statistics.median(values), "low": min(values), "high": max(values)}


class Reader:
    """One text of so many tokens, read by llama.cpp."""

    def __init__(self, gguf, text, tokens, threads):
        self.model = llama_cpp.Llama(
            str(gguf), n_ctx=tokens + 128, n_threads=threads, n_threads_batch=threads, verbose=False
        )
        self.ids = self.model.tokenize(text.encode(), add_bos=False)[:tokens]
        self.question = self.model.tokenize(QUESTION.encode(), add_bos=False)

    def read(self):
        self.model.reset()
        self.model.eval(self.ids)

    def ask(self):
        self.model.eval(self.question)
        return self.model.sample(temp=0)

    def write(self, token):
        for _ in range(WRITTEN_TOKENS):
            self.model.eval([token])
            token = self.model.sample(temp=0)

    def restored(self, runs):
        """Seconds from the file of a saved cache to the first token, and the file's bytes."""
        state = self.model.save_state()
        token = self.ask()
        seconds = []
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder, "state")
            file.write_bytes(state.llama_state)
            for _ in range(runs):
                begin = time.perf_counter()
                state.llama_state = file.read_bytes()
                self.model.load_state(state)
                again = self.ask()
                seconds.append(time.perf_counter() - begin)
                assert again == token, "the restored cache gives another token"
            return seconds, file.stat().st_size


def measure(reader, readings, runs):
    tokens = len(reader.ids)
    reading = [seconds_of(reader.read)[0] for _ in range(readings)]
    restored, stored = reader.restored(runs)
    asking, token = seconds_of(reader.ask)
    writing = [seconds_of(lambda: reader.write(token))[0] / WRITTEN_TOKENS]
    return {
        "tokens": tokens,
        "prompt_tokens_per_s": spread([tokens / each for each in reading]),
        "first_token_from_text_s": spread([each + asking for each in reading]),
        "first_token_from_restored_cache_s": spread(restored),
        "written_ms_per_token": spread([each * 1e3 for each in writing]),
        "stored_bytes_per_token": stored / tokens,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--text", type=pathlib.Path, required=True, help="a book, UTF-8")
    parser.add_argument("--tokens", type=int, nargs="+", default=[1024, 32000])
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--runs", type=int, default=5, help="restorations")
    parser.add_argument("--readings", type=int, default=1, help="of the whole text")
    parser.add_argument(
        "--gguf", type=pathlib.Path, default="models/cairn-0.5b/model-00001-of-00003.gguf"
    )
    options = parser.parse_args()
    text = options.text.read_text(encoding="utf-8")
    for tokens in options.tokens:
        reader = Reader(options.gguf, text, tokens, options.threads)
        result = measure(reader, options.readings, options.runs)
        print(json.dumps(result), flush=True)


if __name__ == "__main__":
    main()
