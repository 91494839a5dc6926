"""Writes small tokenizers and what the reference makes of texts.

python make_reference.py path/to/cairn-0.5b/tokenizer.json path/to/SmolLM2-135M/tokenizer.json     (with tokenizers 0.23)

NAME.json      a tokenizer of each kind, trained on the sentences below
texts.json     texts that are easily cut wrong
expected.json  the ids of each text by each tokenizer, and by the two that were given; the scores of
               sentencepiece.json's pieces
"""

import json
import pathlib
import sys

from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers, trainers

SENTENCES = [
    "The lighthouse keeper wrote that the harbour code is 4711. Nobody read it, did they?",
    "He'll say it's 1,024 boats; she'd say there aren't 12 in the harbour today.",
    "  Indented lines,\n\n\nblank lines\tand tabs...  \r\n(and line ends) within 'quotes'!\n",
    "Xin ch\u00e0o Vi\u1ec7t Nam. \u65e5\u672c\u8a9e\u306e\u3000\u6587\u7ae0\u3002 na\u00efve caf\u00e9 \U0001f600",
    "def keep(harbourCode): return {'harbourCode': harbourCode, 'lighthouse': True}",
]
TEXTS = [
    "a  b",
    "\t\tx",
    " Vi\u1ec7t",
    " Vie\u0302\u0323t",
    "'\u017f it'\u017f",
    "a\u0085b \u0085",
    "a\u00a0\u00a0b",
    "\u65e5\u672c\u3000\u8a9e",
    "\u0301\u0302 \u0323e\u0301",
    " " * 20000,
    "x" + " " * 20000 + "y",
    "the harbour lighthouse, the lighthouse keeper's harbour: harbour",
    "12345 boats and 1,024.5 more",
    "end.\n\n\n  Next...\r\n\r\nparagraph/\n/path\n",
    "harbourCode HTTPServer iPhone \u01c5abc d'\u00c9t\u00e9",
    "he'll HE'LL they've\u2019s",
    "caf\u00e9 cafe\u0301 \U0001f600\U0001f469\u200d\U0001f469\u200d\U0001f467 \ud55c\uae00",
    "\x00\x01 \ufffd \ufeffz",
    "  two",
    "",
]
SPLITS = {
    "qwen2": r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+",
    "llama-bpe": r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+",
    "tekken": r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+",
}
UNREACHED = ["harbour", "\u0120lighthouse"]  # words that no merge makes
SPECIAL = ["<|endoftext|>", "<|im_start|>", "<|im_end|>", "[INST]"]
BLANK = "\u2581"
folder = pathlib.Path(__file__).parent


def byte_level(name):
    tokenizer = Tokenizer(models.BPE())
    if name == "gpt-2":
        tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    elif name == "smollm":
        tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
            [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)]
        )
    else:
        split = pre_tokenizers.Split(Regex(SPLITS[name]), "isolated")
        plain = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
        tokenizer.pre_tokenizer = pre_tokenizers.Sequence([split, plain])
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=460,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    sentences = [sentence.replace("harbour", "haven").replace("lighthouse", "tower") for sentence in SENTENCES]
    tokenizer.train_from_iterator(sentences + [" " * 300], trainer)
    tree = json.loads(tokenizer.to_str())
    vocab = tree["model"]["vocab"]
    for word in UNREACHED:
        vocab[word] = len(vocab)
    tree["model"]["ignore_merges"] = name in ("llama-bpe", "tekken")
    if name == "qwen2":
        tree["normalizer"] = {"type": "NFC"}
    start = len(vocab)
    tree["added_tokens"] = [added(start + i, content, True) for i, content in enumerate(SPECIAL)]
    tree["added_tokens"].append(added(start + len(SPECIAL), "<think>", False))
    if name in ("llama-bpe", "tekken"):
        tree["post_processor"] = {
            "type": "Sequence",
            "processors": [
                {"type": "ByteLevel", "add_prefix_space": True, "trim_offsets": True, "use_regex": True},
                start_with("<|endoftext|>", start),
            ],
        }
    return tree


def added(number, content, special):
    flags = dict.fromkeys(["single_word", "lstrip", "rstrip", "normalized"], False)
    return {"id": number, "content": content, **flags, "special": special}


def start_with(content, number):
    return {
        "type": "TemplateProcessing",
        "single": [{"SpecialToken": {"id": content, "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}],
        "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 0}}],
        "special_tokens": {content: {"id": content, "ids": [number], "tokens": [content]}},
    }


def pieces():
    """The pieces of a SentencePiece model in falling score."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    trainer = trainers.BpeTrainer(vocab_size=260, show_progress=False)
    tokenizer.train_from_iterator(SENTENCES + ["   ".join("abcdefgh")] * 3, trainer)
    merged = sorted(tokenizer.get_vocab().items(), key=lambda item: item[1])
    joined = [piece for piece, _ in merged if len(piece) > 1]
    return joined + [BLANK * 2, BLANK * 4, "</", "s>"] + [piece for piece, _ in merged if len(piece) == 1]


def sentencepiece(first):
    control = ["<unk>", "<s>", "</s>"]
    vocab = {content: number for number, content in enumerate(control)}
    for byte in range(256):
        vocab[f"<0x{byte:02X}>"] = len(vocab)
    scores = {}
    for piece in pieces():
        if piece not in vocab:
            scores[piece] = -float(len(scores))
            vocab[piece] = len(vocab)
    candidates = []
    for piece in [*scores, "</s>"]:  # the reference makes merges of control tokens too
        for at in range(1, len(piece)):
            left, right = piece[:at], piece[at:]
            if left in scores and right in scores:
                candidates.append((scores.get(piece, 0.0), len(left), len(right), left, right))
    candidates.sort(key=lambda c: (-c[0], -c[1], -c[2], c[3], c[4]))
    model = {"type": "BPE", "dropout": None, "unk_token": "<unk>", "continuing_subword_prefix": None}
    model |= {"end_of_word_suffix": None, "fuse_unk": True, "byte_fallback": True, "ignore_merges": False}
    model |= {"vocab": vocab, "merges": [[left, right] for _, _, _, left, right in candidates]}
    blanks = {"type": "Replace", "pattern": {"String": " "}, "content": BLANK}
    tree = {"version": "1.0", "truncation": None, "padding": None}
    tree["added_tokens"] = [added(number, content, True) for number, content in enumerate(control)]
    tree["added_tokens"].append(added(len(vocab), "[INST]", True))
    tree["added_tokens"].append(added(len(vocab) + 1, "<think>", False))
    prepend = {"type": "Prepend", "prepend": BLANK}
    tree["normalizer"] = None if first else {"type": "Sequence", "normalizers": [prepend, blanks]}
    metaspace = {"type": "Metaspace", "replacement": BLANK, "prepend_scheme": "first", "split": False}
    tree["pre_tokenizer"] = metaspace if first else None
    tree["post_processor"] = start_with("<s>", 1)
    back = {"type": "Replace", "pattern": {"String": BLANK}, "content": " "}
    strip = {"type": "Strip", "content": " ", "start": 1, "stop": 0}
    tree["decoder"] = {"type": "Sequence", "decoders": [back, {"type": "ByteFallback"}, {"type": "Fuse"}, strip]}
    tree["model"] = model
    return tree, scores


def write(name, content):
    (folder / name).write_text(json.dumps(content, ensure_ascii=True, indent=1 if name == "texts.json" else None) + "\n")


def ids(tokenizer):
    return [tokenizer.encode(text, add_special_tokens=False).ids for text in TEXTS]


expected = {}
for name in ["gpt-2", "smollm", *SPLITS]:
    write(f"{name}.json", byte_level(name))
for name, first in [("sentencepiece", False), ("metaspace", True)]:
    tree, scores = sentencepiece(first)
    write(f"{name}.json", tree)
for path in sorted(folder.glob("*.json")):
    if path.stem not in ("texts", "expected"):
        expected[path.stem] = ids(Tokenizer.from_file(str(path)))
for name, path in zip(["cairn-0.5b", "smollm2-135m"], sys.argv[1:]):
    expected[name] = ids(Tokenizer.from_file(path))
expected["scores"] = scores
write("texts.json", TEXTS)
write("expected.json", expected)
