// ResNet-50 started for training from scratch: He's normal law by fan-out, and residual branches that begin silent.
//
//   initdsl run scripts/resnet.csx                or, in a clone of the repository,
//   dotnet run --project src/InitDsl.Tool -- run scripts/resnet.csx
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
#load "models/resnet.csx"

var model = ResNet.Of50Layers();

RuleSet rules =
      Presets.ResNet                                          // timm's: He by fan-out, last norm of each branch zero
    + Named("fc").Weight(Normal(std: 0.01)).Bias(Zeros);      // the classifier of Goyal et al. 2017

Plan plan = rules.Compile(model, seed: 42);
Console.WriteLine(plan.Explain());
Console.WriteLine();
Console.WriteLine(plan.Apply());
Console.WriteLine();

Verification verification = plan.Verify();
Console.WriteLine(verification);

// What the rules are for: with silent branches the signal does not grow from block to block.
model.eval();
using (no_grad())
{
    Tensor logits = model.call(empty(2, 3, 224, 224).Initialize(Normal(), seed: 7));
    Console.WriteLine($"Logits of two random images: {logits.shape[1]} classes, standard deviation {logits.std().item<float>():F3}.");
}

return verification.Passed ? 0 : 1;
