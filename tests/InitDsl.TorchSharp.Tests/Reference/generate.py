"""Writes the .tsv files beside this file: what PyTorch itself draws.

    apt-get install python3-torch
    python3 tests/InitDsl.TorchSharp.Tests/Reference/generate.py

Written with PyTorch 1.13, as Debian 12 has it. A row of torch-init.tsv and torch-modules.tsv holds a hash of all values
and some of the values, as the bytes they have in memory: uniform draws are compared by the hash, normal ones by the
values, since their last bits depend on the processor (ATEN_CPU_CAPABILITY). torch-bits.tsv holds hashes alone, drawn in a
process of its own with ATEN_CPU_CAPABILITY=default: without AVX and FMA the bits are the same on every x64 processor.
torch-laws.tsv holds moments and quantiles of a quarter of a million values a call.
"""
import hashlib
import math
import os
import pathlib
import subprocess
import sys

import torch
from torch import nn
from torch.nn import init

HERE = pathlib.Path(__file__).parent
SAMPLES = 12
SHAPES = [(1, 1), (3, 5), (4, 4), (5, 5), (7, 9), (40, 25), (13, 79), (6, 4, 3, 3), (5, 4, 3)]
DTYPES = {"Float32": torch.float32, "Float64": torch.float64, "BFloat16": torch.bfloat16}

# Where vector paths begin and end: 16 values for normal_, whole vectors, whole chunks.
LENGTHS = [*range(1, 41), 100, 1000, 1001, 1007, 1016, 40000, 100003]
LEVELS = [0.001, 0.01, 0.05, 0.1, 0.25, 0.4, 0.5, 0.6, 0.75, 0.9, 0.95, 0.99, 0.999]

CALLS = {
    "uniform_(-0.3, 0.7)": lambda t: init.uniform_(t, -0.3, 0.7),
    "normal_(0.5, 2)": lambda t: init.normal_(t, 0.5, 2),
    "trunc_normal_(0, 0.02, -0.04, 0.04)": lambda t: init.trunc_normal_(t, 0, 0.02, -0.04, 0.04),
    "trunc_normal_(0.1, 1, -0.5, 3)": lambda t: init.trunc_normal_(t, 0.1, 1, -0.5, 3),
    "xavier_uniform_(1)": lambda t: init.xavier_uniform_(t),
    "xavier_uniform_(tanh)": lambda t: init.xavier_uniform_(t, init.calculate_gain("tanh")),
    "xavier_normal_(1)": lambda t: init.xavier_normal_(t),
    "kaiming_uniform_(fan_in, relu)": lambda t: init.kaiming_uniform_(t, nonlinearity="relu"),
    "kaiming_uniform_(fan_out, relu)": lambda t: init.kaiming_uniform_(t, mode="fan_out", nonlinearity="relu"),
    "kaiming_uniform_(fan_in, leaky_relu 0.2)": lambda t: init.kaiming_uniform_(t, a=0.2),
    "kaiming_normal_(fan_in, relu)": lambda t: init.kaiming_normal_(t, nonlinearity="relu"),
    "kaiming_normal_(fan_out, tanh)": lambda t: init.kaiming_normal_(t, mode="fan_out", nonlinearity="tanh"),
    "orthogonal_(1.5)": lambda t: init.orthogonal_(t, 1.5),
    "sparse_(0.3, 0.1)": lambda t: init.sparse_(t, 0.3, 0.1),
    "eye_": lambda t: init.eye_(t),
    "dirac_": lambda t: init.dirac_(t),
}


def possible(call, shape, dtype):
    if call.startswith(("orthogonal_", "eye_")) and dtype == "BFloat16":
        return False
    if call.startswith(("sparse_", "eye_")):
        return len(shape) == 2
    if call == "dirac_":
        return len(shape) > 2
    return True


def memory(tensor):
    tensor = tensor.detach().contiguous()
    if tensor.dtype in (torch.bfloat16, torch.float16):
        tensor = tensor.view(torch.int16)
    return tensor.numpy().tobytes()


def columns(tensor):
    data = memory(tensor)
    size = tensor.element_size()
    count = tensor.numel()
    picked = sorted({round(i * (count - 1) / (SAMPLES - 1)) for i in range(SAMPLES)}) if count else []
    values = " ".join(f"{i}:{data[i * size:(i + 1) * size].hex()}" for i in picked)
    shape = "x".join(str(n) for n in tensor.shape)
    return [shape, hashlib.sha256(data).hexdigest(), values]


def write(name, heading, rows):
    lines = ["\t".join(heading)] + ["\t".join(str(cell) for cell in row) for row in rows]
    (HERE / name).write_text("\n".join(lines) + "\n", encoding="ascii", newline="\n")


def calls():
    for call, fill in CALLS.items():
        for shape in SHAPES:
            for dtype, torch_dtype in DTYPES.items():
                if possible(call, shape, dtype):
                    seed = 1000 + math.prod(shape)
                    tensor = torch.empty(shape, dtype=torch_dtype)
                    torch.manual_seed(seed)
                    fill(tensor)
                    yield [call, seed, dtype, *columns(tensor)]


def three_layers():
    """torch.nn.init over a model, module after module: one sequence of random numbers."""
    model = nn.Sequential(nn.Linear(7, 40), nn.Conv2d(4, 6, 3), nn.Linear(40, 3))
    torch.manual_seed(42)
    for module in model:
        init.kaiming_normal_(module.weight, nonlinearity="relu")
        init.uniform_(module.bias, -0.1, 0.1)
    return model


def modules():
    made = {
        "Linear(20, 30)": lambda: nn.Linear(20, 30),
        "Conv1d(4, 6, 5)": lambda: nn.Conv1d(4, 6, 5),
        "Conv2d(8, 12, 3, groups 4)": lambda: nn.Conv2d(8, 12, 3, groups=4),
        "ConvTranspose2d(8, 12, 3, stride 2, groups 4)": lambda: nn.ConvTranspose2d(8, 12, 3, stride=2, groups=4),
        "Bilinear(5, 6, 7)": lambda: nn.Bilinear(5, 6, 7),
        "Embedding(50, 8, padding 3)": lambda: nn.Embedding(50, 8, padding_idx=3),
        "LSTM(5, 6, 2, bidirectional)": lambda: nn.LSTM(5, 6, 2, bidirectional=True),
        "GRUCell(5, 6)": lambda: nn.GRUCell(5, 6),
    }
    for name, make in made.items():
        torch.manual_seed(7)
        for parameter, tensor in make().named_parameters():
            yield [name, parameter, *columns(tensor)]
    for parameter, tensor in three_layers().named_parameters():
        yield ["three layers", parameter, *columns(tensor)]


def bits():
    """What agrees to the last bit: element-wise draws at every length, torch.nn.init where nothing but these is drawn."""
    for call in ("uniform_(-0.3, 0.7)", "normal_(0.5, 2)"):
        for dtype, torch_dtype in {**DTYPES, "Float16": torch.float16}.items():
            if call.startswith("normal_") and dtype == "Float16":
                continue
            for length in LENGTHS:
                yield hashed(call, dtype, torch_dtype, (length,))
    for call in CALLS:
        if call.startswith(("orthogonal_", "trunc_normal_")):
            continue
        for shape in [*SHAPES, (100, 103)]:
            for dtype in ("Float32", "Float64"):
                if possible(call, shape, dtype):
                    yield hashed(call, dtype, DTYPES[dtype], shape)


def hashed(call, dtype, torch_dtype, shape):
    seed = 2000 + math.prod(shape)
    tensor = torch.empty(shape, dtype=torch_dtype)
    torch.manual_seed(seed)
    CALLS[call](tensor)
    return [call, seed, dtype, *columns(tensor)[:2]]


def laws():
    for call, fill in CALLS.items():
        for shape in [(512, 512), (256, 64, 4, 4)]:
            if possible(call, shape, "Float64"):
                tensor = torch.empty(shape, dtype=torch.float64)
                torch.manual_seed(77)
                fill(tensor)
                values, _ = tensor.flatten().sort()
                mean = values.mean().item()
                variance = (values - mean).square().mean().item()
                quantiles = " ".join(f"{p}:{values[math.ceil(p * len(values)) - 1].item()!r}" for p in LEVELS)
                yield [call, "x".join(str(n) for n in shape), repr(mean), repr(variance), repr(values[0].item()), repr(values[-1].item()), quantiles]


if sys.argv[1:] == ["bits"]:
    assert os.environ["ATEN_CPU_CAPABILITY"] == "default"
    write("torch-bits.tsv", ["call", "seed", "dtype", "shape", "sha256"], bits())
else:
    write("torch-init.tsv", ["call", "seed", "dtype", "shape", "sha256", "values"], calls())
    write("torch-modules.tsv", ["module", "parameter", "shape", "sha256", "values"], modules())
    write("torch-laws.tsv", ["call", "shape", "mean", "variance", "min", "max", "quantiles"], laws())
    subprocess.run([sys.executable, __file__, "bits"], env={**os.environ, "ATEN_CPU_CAPABILITY": "default"}, check=True)
