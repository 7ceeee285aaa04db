// ConvNeXt-T started as its authors do, with a small head.
//
//   initdsl run scripts/convnext.csx              or, in a clone of the repository,
//   dotnet run --project src/InitDsl.Tool -- run scripts/convnext.csx
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
#load "models/convnext.csx"

var model = new ConvNext(ConvNextConfig.T);

RuleSet rules =
      Presets.ConvNeXt
    + Named("head").Weight(TruncNormal(std: 0.02).Scale(0.001));   // head_init_scale, as for fine-tuning

Plan plan = rules.Compile(model, seed: 42);
Console.WriteLine(plan.Explain());
Console.WriteLine();
Console.WriteLine(plan.Apply());
Console.WriteLine();

Verification verification = plan.Verify();
Console.WriteLine(verification);

// What the rules are for: layer scales of 10⁻⁶ let every block pass its input through at first.
using (no_grad())
{
    Tensor x = empty(1, 96, 56, 56).Initialize(Normal(), seed: 7);
    var block = (Module<Tensor, Tensor>)model.named_modules().First(entry => entry.name == "stages.0.0").module;
    Console.WriteLine($"The first block changes its input by {((block.call(x) - x).norm() / x.norm()).item<float>():E1} of its length.");
}

return verification.Passed ? 0 : 1;
