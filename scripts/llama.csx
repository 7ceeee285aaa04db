// Llama 7B, planned without its 27 GB of memory; and the same rules on a small Llama, filled and verified.
//
//   initdsl run scripts/llama.csx                or, in a clone of the repository,
//   dotnet run --project src/InitDsl.Tool -- run scripts/llama.csx
//
// With dotnet script, from packages, uncomment:
// #r "nuget: InitDsl.TorchSharp, 0.1.0"
// #r "nuget: TorchSharp-cpu, 0.107.0"
// using InitDsl;
// using static InitDsl.Dsl;
// using TorchSharp;
// using TorchSharp.Modules;
// using static TorchSharp.torch;
// using static TorchSharp.torch.nn;
#load "models/llama.csx"

var rules = Presets.Llama + Named("*.{o,down}_proj").Weight(From(p => Normal(std: 0.02 / Math.Sqrt(p.LayerCount))));   // as GPT-2

// A deferred model has shapes and no memory: the plan can be read, and nothing is drawn.
Plan large = rules.Compile(Deferred.Build(() => new Llama(LlamaConfig.Of7B)), seed: 42);
Console.WriteLine(large.Explain());
Console.WriteLine($"\nMemory of this process: {Environment.WorkingSet / 1e9:F1} GB.\n");

Plan plan = rules.Compile(new Llama(LlamaConfig.Tiny), seed: 42);
Console.WriteLine(plan.Apply());
Console.WriteLine();

Verification verification = plan.Verify();
Console.WriteLine(verification);
return verification.Passed ? 0 : 1;
