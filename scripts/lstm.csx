// A language model of two LSTM layers, started as PyTorch's example word_language_model, with gates that remember.
//
//   initdsl run scripts/lstm.csx                  or, in a clone of the repository,
//   dotnet run --project src/InitDsl.Tool -- run scripts/lstm.csx
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
#load "models/lstm.csx"

var model = new LstmLanguageModel(LstmConfig.Medium);

RuleSet rules =
      Presets.LstmLanguageModel
    + When<LSTM>().Bias(Chrono(35));   // memories of up to 35 steps, the length that it is trained on

Plan plan = rules.Compile(model, seed: 42);
Console.WriteLine(plan.Explain());
Console.WriteLine();
Console.WriteLine(plan.Apply());
Console.WriteLine();

Verification verification = plan.Verify();
Console.WriteLine(verification);

// What the rules are for: a network that knows nothing starts at the loss of guessing.
using (no_grad())
{
    Tensor tokens = (arange(36) * 7919 % 10000).unsqueeze(0);
    Tensor logits = model.call(tokens.narrow(1, 0, 35));
    float loss = functional.cross_entropy(logits.squeeze(0), tokens.narrow(1, 1, 35).squeeze(0)).item<float>();
    Console.WriteLine($"First loss {loss:F2}; guessing among 10000 words gives {Math.Log(10000):F2}.");
}

return verification.Passed ? 0 : 1;
