// ViT-B/16 started as Google's code in Flax does, by timm's formulas, with branches that are scaled by their depth.
//
//   initdsl run scripts/vit.csx                   or, in a clone of the repository,
//   dotnet run --project src/InitDsl.Tool -- run scripts/vit.csx
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
#load "models/vit.csx"

var model = Deferred.Build(() => new VisionTransformer(VitConfig.Base16));   // no memory before the rules fill it

RuleSet rules =
      Presets.VisionTransformer(VisionTransformerMode.Jax)
    // timm's fix_init, after BEiT: branch ℓ adds 1/√(2(ℓ + 1)) of what it would.
    + Named("*.{attn.proj,mlp.fc2}").Weight(From(p => XavierUniform.Scale(1 / Math.Sqrt(2 * (p.Block + 1)))));

Plan plan = rules.Compile(model, seed: 42);
Console.WriteLine(plan.Explain());
Console.WriteLine();
Console.WriteLine(plan.Apply());
Console.WriteLine();

Verification verification = plan.Verify();
Console.WriteLine(verification);

// What the rules are for: a head of zeros knows nothing, so that the first loss is that of guessing.
using (no_grad())
{
    Tensor logits = model.call(empty(2, 3, 224, 224).Initialize(Normal(), seed: 7));
    float loss = functional.cross_entropy(logits, arange(2)).item<float>();
    Console.WriteLine($"First loss {loss:F4}; guessing among 1000 classes gives {Math.Log(1000):F4}.");
}

return verification.Passed ? 0 : 1;
