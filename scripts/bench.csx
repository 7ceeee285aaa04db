// How fast we are: InitDsl against TorchSharp's own calls, in one process, in turns. Ratios are medians of paired
// ratios. bench/README.md holds the figures of one machine.
//
//   initdsl run scripts/bench.csx                 or, in a clone of the repository,
//   dotnet run --project src/InitDsl.Tool -- run scripts/bench.csx
//   … fills matrices models large tiny cuda       some groups only; all of them when none is named
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
#load "models/gpt2.csx"
#load "bench/measure.csx"
#load "bench/fills.csx"
#load "bench/matrices.csx"
#load "bench/models.csx"
#load "bench/tiny.csx"
#load "bench/cuda.csx"

(string Name, Action<Scale, Answers> Run)[] groups =
    [("fills", Fills.Run), ("matrices", Matrices.Run), ("models", Models.Run), ("large", Models.RunLarge), ("tiny", Tiny.Run), ("cuda", Cuda.Run)];
string[] named = Args.Where(word => word != "--quick").ToArray();
if (named.FirstOrDefault(word => !groups.Any(group => group.Name == word)) is { } unknown)
{
    Console.Error.WriteLine($"There is no group {unknown}: {string.Join(", ", groups.Select(group => group.Name))}.");
    return 2;
}

Console.WriteLine(
    $"{Environment.ProcessorCount} processors, .NET {Environment.Version}, "
    + $"TorchSharp {typeof(torch).Assembly.GetName().Version} with {get_num_threads()} threads, {DateTime.UtcNow:yyyy-MM-dd}"
    + (Args.Contains("--quick") ? "; quick: these figures mean nothing" : ""));
var scale = new Scale(Args.Contains("--quick"));
var answers = new Answers();
using (no_grad())
{
    foreach ((string name, Action<Scale, Answers> run) in groups.Where(group => named.Length == 0 || named.Contains(group.Name)))
    {
        run(scale, answers);
    }
}

return answers.OursAreRight ? 0 : 1;
