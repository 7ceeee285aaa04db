// DCGAN started as its paper says: the generator and the discriminator.
//
//   initdsl run scripts/dcgan.csx                or, in a clone of the repository,
//   dotnet run --project src/InitDsl.Tool -- run scripts/dcgan.csx
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
#load "models/dcgan.csx"

var generator = new DcganGenerator();
var discriminator = new DcganDiscriminator();

RuleSet rules = Presets.Dcgan;
RuleSet unsure = rules + Named("main.11").Weight(Normal(std: 0.002));   // no verdict before the first lesson

bool passed = true;
foreach ((Module model, RuleSet its, int seed) in new (Module, RuleSet, int)[] { (generator, rules, 1), (discriminator, unsure, 2) })
{
    Plan plan = its.Compile(model, seed);
    Console.WriteLine(plan.Explain());
    Console.WriteLine();
    Console.WriteLine(plan.Apply());
    Console.WriteLine();
    Verification verification = plan.Verify();
    Console.WriteLine($"{verification}\n");
    passed &= verification.Passed;
}

// What the rules are for: pictures that do not saturate, and a judge who starts at one half.
using (no_grad())
{
    Tensor pictures = generator.call(empty(8, 100, 1, 1).Initialize(Normal(), seed: 7));
    Tensor verdicts = discriminator.call(pictures);
    Console.WriteLine($"Pictures reach {pictures.abs().max().item<float>():F2} of ±1; verdicts {verdicts.min().item<float>():F3} to {verdicts.max().item<float>():F3}.");
}

return passed ? 0 : 1;
