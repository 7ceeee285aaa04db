// EfficientNet-B0 started as in TensorFlow, by timm's formulas, with gates that start open.
//
//   initdsl run scripts/efficientnet.csx          or, in a clone of the repository,
//   dotnet run --project src/InitDsl.Tool -- run scripts/efficientnet.csx
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
#load "models/efficientnet.csx"

var model = new EfficientNet();

RuleSet rules =
      Presets.EfficientNet             // fan-outs of depthwise convolutions are those of one channel
    + Named("*.se.conv_expand").Bias(Const(2));

Plan plan = rules.Compile(model, seed: 42);
Console.WriteLine(plan.Explain());
Console.WriteLine();
Console.WriteLine(plan.Apply());
Console.WriteLine();

Verification verification = plan.Verify();
Console.WriteLine(verification);

// What the rules are for: the gates of squeeze-and-excitation let most of each channel through at first, 0.88 of it.
model.eval();
using (no_grad())
{
    var gate = (Module<Tensor, Tensor>)model.named_modules().First(entry => entry.name == "blocks.1.0.se").module;
    Tensor x = empty(1, 96, 28, 28).Initialize(Normal(), seed: 7);
    Console.WriteLine($"A gate multiplies by {(gate.call(x) / x).mean().item<float>():F2}.");
    Tensor logits = model.call(empty(2, 3, 224, 224).Initialize(Normal(), seed: 7));
    Console.WriteLine($"Logits of two random images: {logits.shape[1]} classes, standard deviation {logits.std().item<float>():G3}.");
}

return verification.Passed ? 0 : 1;
