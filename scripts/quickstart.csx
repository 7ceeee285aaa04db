// GPT-2 small (124 million parameters) started as GPT-2 was: plan, fill, verify, and a first forward pass.
//
//   initdsl run scripts/quickstart.csx            or, in a clone of the repository,
//   dotnet run --project src/InitDsl.Tool -- run scripts/quickstart.csx
//   … --tiny                                      the same on a network of 84 thousand parameters
//
// With dotnet script, from packages, uncomment:
// #r "nuget: InitDsl.TorchSharp, 0.1.0"
// #r "nuget: TorchSharp-cpu, 0.107.0"
// using System.Diagnostics;
// using InitDsl;
// using static InitDsl.Dsl;
// using TorchSharp;
// using TorchSharp.Modules;
// using static TorchSharp.torch;
// using static TorchSharp.torch.nn;
#load "models/gpt2.csx"

Gpt2Config config = Args.Contains("--tiny") ? Gpt2Config.Tiny : Gpt2Config.Small;
var clock = Stopwatch.StartNew();
var model = new Gpt2(config);
Console.WriteLine($"Built by TorchSharp in {clock.Elapsed.TotalSeconds:F1} s, with TorchSharp's own initialization.\n");

// GPT-2's published initialization: N(0, 0.02), and 0.02/√(2L) for the projections that end the two branches of each of
// the L layers, so that their sum keeps its variance. Rules are added up, and the last that matches wins: OpenAI's
// first code had 0.01 for position embeddings, where Hugging Face's and nanoGPT's have 0.02.
RuleSet rules =
      Presets.Gpt2()
    + Named("wpe").Weight(Normal(std: 0.01));

Plan plan = rules.Compile(model, seed: 42);   // checks everything, touches nothing
Console.WriteLine(plan.Explain());
Console.WriteLine();

Report report = plan.Apply();                 // fills in place
Console.WriteLine(report);
Console.WriteLine();

clock.Restart();
Verification verification = plan.Verify();    // does every parameter follow its law?
Console.WriteLine($"{verification} in {clock.Elapsed.TotalSeconds:F1} s");

// A network that knows nothing and is sure of nothing: its loss is that of guessing.
using (no_grad())
{
    long time = Math.Min(64, config.Positions);
    Tensor tokens = (arange(time + 1) * 7919 % config.Vocabulary).unsqueeze(0);
    Tensor logits = model.call(tokens.narrow(1, 0, time));
    float loss = functional.cross_entropy(logits.squeeze(0), tokens.narrow(1, 1, time).squeeze(0)).item<float>();
    Console.WriteLine($"First loss {loss:F2}; guessing among {config.Vocabulary} tokens gives {Math.Log(config.Vocabulary):F2}.");
}

return verification.Passed ? 0 : 1;
