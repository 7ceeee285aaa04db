// BERT-base started as BERT was: Hugging Face's rules, with the truncated normal of Google's first code.
//
//   initdsl run scripts/bert.csx                  or, in a clone of the repository,
//   dotnet run --project src/InitDsl.Tool -- run scripts/bert.csx
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
#load "models/bert.csx"

var model = new Bert(BertConfig.Base);

RuleSet rules =
      Presets.Bert
    + When<Linear, Embedding>().Weight(TruncNormalSigmas(std: 0.02, cut: 2).ZeroPaddingRow());

Plan plan = rules.Compile(model, seed: 42);
Console.WriteLine(plan.Explain());
Console.WriteLine();
Console.WriteLine(plan.Apply());
Console.WriteLine();

Verification verification = plan.Verify();
Console.WriteLine(verification);

// What the rules are for: token 0 pads sentences and stands for nothing.
using (no_grad())
{
    Tensor words = model.get_parameter("embeddings.word_embeddings.weight");
    Console.WriteLine($"Lengths of the vectors of tokens 0 to 3: {string.Join(", ", Enumerable.Range(0, 4).Select(i => $"{words[i].norm().item<float>():F3}"))}.");
    Tensor pooled = model.call(arange(16).unsqueeze(0));
    Console.WriteLine($"Pooled output of a sentence: {pooled.shape[1]} values, standard deviation {pooled.std().item<float>():F3}.");
}

return verification.Passed ? 0 : 1;
