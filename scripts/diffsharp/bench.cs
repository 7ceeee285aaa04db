#:project ../../src/InitDsl.DiffSharp/InitDsl.DiffSharp.csproj
#:package DiffSharp.Backends.Reference
// Initializing a DiffSharp model, beside what DiffSharp's own construction of it takes, in one process and in turns.
//
//   dotnet run -c Release scripts/diffsharp/bench.cs        (on a machine that does nothing else)
using System;
using System.Diagnostics;
using System.Linq;
using DiffSharp;
using DiffSharp.Model;
using InitDsl;
using static InitDsl.Dsl;

const int Rounds = 9;
RuleSet rules = When<Linear>().Weight(Kaiming).Bias(Zeros) + When<Conv2d>().Weight(Kaiming.FanOut()).Bias(Zeros);
(string Name, Func<Model<Tensor, Tensor>> Build)[] models =
[
    ("Linear 784-512-10", () => new Sequential([new Linear(784, 512, null), new Linear(512, 10, null)])),
    ("Linear 2048-2048", () => new Sequential([new Linear(2048, 2048, null)])),
    ("Conv2d 64-128, 3x3, twice", () => new Sequential([Conv(64, 128), Conv(128, 128)])),
];
Console.WriteLine("| model | parameters | construction | Initialize | construction / Initialize |");
Console.WriteLine("| --- | ---: | ---: | ---: | ---: |");
foreach ((string name, Func<Model<Tensor, Tensor>> build) in models)
{
    var construct = new double[Rounds];
    var initialize = new double[Rounds];
    Model<Tensor, Tensor>? model = null;
    for (int round = -2; round < Rounds; round++)
    {
        int at = Math.Max(round, 0);
        construct[at] = Milliseconds(() => model = build());
        initialize[at] = Milliseconds(() => model!.Initialize(rules, seed: 42));
    }

    if (!rules.Compile(model!, seed: 42).Verify().Passed)
    {
        throw new InvalidOperationException($"{name}: the values do not follow their laws.");
    }

    // Paired ratios: what slows the machine for a moment slows both.
    double ratio = Median(construct.Zip(initialize, (theirs, ours) => theirs / ours));
    Console.WriteLine(FormattableString.Invariant(
        $"| {name} | {model!.nparameters} | {Median(construct):F2} ms | {Median(initialize):F2} ms | {ratio:F1}× |"));
}

static Conv2d Conv(int from, int into) => new(from, into, 3, null, null, null, null, null, null, null, null);

static double Median(System.Collections.Generic.IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);

static double Milliseconds(Action action)
{
    long began = Stopwatch.GetTimestamp();
    action();
    return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
}
