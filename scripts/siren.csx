// SIREN, a picture as a function of its coordinates: sines that keep their distribution from layer to layer.
//
//   initdsl run scripts/siren.csx                 or, in a clone of the repository,
//   dotnet run --project src/InitDsl.Tool -- run scripts/siren.csx
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
#load "models/siren.csx"

var model = new Siren();

RuleSet rules =
      Presets.Siren
    + Named("net.4").Bias(Zeros);      // the picture starts around grey

Plan plan = rules.Compile(model, seed: 42);
Console.WriteLine(plan.Explain());
Console.WriteLine();
Console.WriteLine(plan.Apply());
Console.WriteLine();

Verification verification = plan.Verify();
Console.WriteLine(verification);

// What the rules are for: what goes into each sine keeps its spread, however deep the network.
using (no_grad())
{
    Tensor x = empty(10000, 2).Initialize(Uniform(-1, 1), seed: 7);
    var layers = (Sequential)model.named_children().Single().module;
    string[] spreads = [.. layers.children().Cast<Module<Tensor, Tensor>>().Select(layer => $"{(x = layer.call(x)).std().item<float>():F3}")];
    Console.WriteLine($"Standard deviations after each layer: {string.Join(", ", spreads)}; a sine of wide phases has {Math.Sqrt(0.5):F3}, and the last layer is linear.");
}

return verification.Passed ? 0 : 1;
