// How fast a tensor is filled: InitDsl's Apply() against TorchSharp's own call, in one process, in turns.
//
//   initdsl run scripts/bench.csx                 or, in a clone of the repository,
//   dotnet run --project src/InitDsl.Tool -- run scripts/bench.csx
//   … --quick                                     the same on few numbers: shows that it runs, measures nothing
//
// With dotnet script, from packages, uncomment:
// #r "nuget: InitDsl.TorchSharp, 0.1.0"
// #r "nuget: TorchSharp-cpu, 0.107.0"
// using System.Diagnostics;
// using System.Globalization;
// using InitDsl;
// using static InitDsl.Dsl;
// using TorchSharp;
// using TorchSharp.Modules;
// using static TorchSharp.torch;
// using static TorchSharp.torch.nn;

bool quick = Args.Contains("--quick");
long elements = quick ? 1 << 17 : 1 << 24;
int rounds = quick ? 3 : 15;

// Both sides write the same warm memory; fresh memory would measure the system's page faults.
(string Law, ScalarType Type, Init Init, Action<Tensor> Torch, double Std)[] cases =
[
    ("uniform(-1, 1)", ScalarType.Float32, Uniform(-1, 1), t => t.uniform_(-1, 1), Math.Sqrt(1 / 3.0)),
    ("normal", ScalarType.Float32, Normal(), t => t.normal_(), 1),
    ("truncated at 2 sigma", ScalarType.Float32, TruncNormal(), t => init.trunc_normal_(t), 0.8796),
    ("uniform(-1, 1)", ScalarType.BFloat16, Uniform(-1, 1), t => t.uniform_(-1, 1), Math.Sqrt(1 / 3.0)),
    ("normal", ScalarType.BFloat16, Normal(), t => t.normal_(), 1),
    ("normal", ScalarType.Float16, Normal(), t => t.normal_(), 1),
    ("uniform(-1, 1)", ScalarType.Float64, Uniform(-1, 1), t => t.uniform_(-1, 1), Math.Sqrt(1 / 3.0)),
    ("normal", ScalarType.Float64, Normal(), t => t.normal_(), 1),
];

Console.WriteLine(
    $"{elements:N0} elements, {Environment.ProcessorCount} processors, .NET {Environment.Version}, "
    + $"TorchSharp {typeof(torch).Assembly.GetName().Version} with {get_num_threads()} threads, {DateTime.UtcNow:yyyy-MM-dd}. "
    + $"Medians of {rounds}; ratios are medians of paired ratios.\n");
Console.WriteLine($"{"law",-21} {"dtype",-9} {"InitDsl",9} {"TorchSharp",11} {"ratio",7} {"of fill_",9}   values");
bool right = true;
using (no_grad())
{
    foreach ((string law, ScalarType type, Init how, Action<Tensor> torchs, double std) in cases)
    {
        using var model = new OneTensor(elements, type);
        Tensor tensor = model.weight;
        Plan plan = All.Param("*", how).Compile(model, seed: 1);
        var ours = new double[rounds];
        var theirs = new double[rounds];
        var ceiling = new double[rounds];
        string theirAnswer = "";
        for (int round = -2; round < rounds; round++)
        {
            int at = Math.Max(round, 0);   // The first two warm up, and are overwritten.
            theirs[at] = Milliseconds(() => torchs(tensor));
            theirAnswer = Follows(tensor, std) ? "both right" : "TorchSharp's mean or deviation is off";
            ceiling[at] = Milliseconds(() => tensor.fill_(1));
            ours[at] = Milliseconds(() => plan.Apply());
        }

        if (!plan.Verify().Passed || !Follows(tensor, std))
        {
            right = false;
            theirAnswer = "InitDsl's are WRONG";
        }

        Console.WriteLine(FormattableString.Invariant(
            $"{law,-21} {type,-9} {Median(ours),6:F2} ms {Median(theirs),8:F2} ms {Median(Ratios(theirs, ours)),6:F1}× {Median(Ratios(ceiling, ours)),9:P0}   {theirAnswer}"));
    }
}

return right ? 0 : 1;

static double Milliseconds(Action action)
{
    long began = Stopwatch.GetTimestamp();
    action();
    return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
}

static double[] Ratios(double[] a, double[] b) => a.Zip(b, (x, y) => x / y).ToArray();

static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);

// Mean and standard deviation, within what so many numbers must keep to: seven standard errors, and the rounding of
// the narrow types.
static bool Follows(Tensor tensor, double std)
{
    using var scope = NewDisposeScope();
    Tensor values = tensor.to_type(ScalarType.Float64);
    double error = (7 / Math.Sqrt(tensor.NumberOfElements)) + (tensor.ElementSize == 2 ? 1e-3 : 0);
    return Math.Abs(values.mean().item<double>()) < error && Math.Abs(values.std().item<double>() - std) < error;
}

sealed class OneTensor : Module
{
    public readonly Parameter weight;

    public OneTensor(long elements, ScalarType type)
        : base(nameof(OneTensor))
    {
        weight = new Parameter(zeros(elements / 1024, 1024, dtype: type), requires_grad: true);
        RegisterComponents();
    }
}
