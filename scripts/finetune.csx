// Fine-tuning: the rules come from a file, the backbone from a checkpoint in two shards, the new layers from the rules.
//
//   initdsl run scripts/finetune.csx              or, in a clone of the repository,
//   dotnet run --project src/InitDsl.Tool -- run scripts/finetune.csx
//   … --rules other.json                          other rules than scripts/finetune/rules.json
//   … --plan run.plan.json                        the plan as JSON, for the log of the run and for initdsl diff
//
// With dotnet script, from packages, uncomment:
// #r "nuget: InitDsl.TorchSharp, 0.1.0"
// #r "nuget: TorchSharp-cpu, 0.107.0"
// using System.Runtime.CompilerServices;
// using InitDsl;
// using static InitDsl.Dsl;
// using TorchSharp;
// using TorchSharp.Modules;
// using static TorchSharp.torch;
// using static TorchSharp.torch.nn;

// The checkpoint was trained for ten classes. Its backbone is wanted; the adapter is new, and the head is one for three.
var model = Sequential(
    ("backbone", Sequential(
        ("fc1", Linear(8, 16)), ("norm", BatchNorm1d(16)), ("relu1", ReLU()),
        ("fc2", Linear(16, 16)), ("relu2", ReLU()))),
    ("adapter", Linear(16, 16)), ("relu", ReLU()),
    ("head", Linear(16, 3)));

RuleSet rules = RuleSet.Load(Argument("--rules") ?? Path.Combine(Here(), "finetune", "rules.json"));
Console.WriteLine($"Rules:\n{rules}\n");

Plan plan = rules.Compile(model, seed: 42);   // opens and checks the checkpoint, touches nothing
Report report = plan.Apply();
Console.WriteLine("What came from where:");
foreach (ReportEntry entry in report.Entries)
{
    string origin = entry.Law is FileLaw file ? $"{Path.GetFileName(file.File)}, {file.TensorName}{(file.Stored == DType.Float32 ? "" : $" ({file.Stored})")}" : $"{entry.Law}";
    Console.WriteLine($"  {entry.Path,-34} {origin}");
}

Verification verification = plan.Verify();
Console.WriteLine($"\n{verification}");
Console.WriteLine($"plan {plan.Fingerprint}, seed {plan.Seed}\n");
if (Argument("--plan") is { } log)
{
    File.WriteAllText(log, plan.ToJson());
}

// Three classes that the sums of the inputs tell apart. The backbone is frozen, and keeps its statistics.
Tensor inputs = linspace(0, 500, 96 * 8).sin().reshape(96, 8);
Tensor sums = inputs.sum(1);
Tensor classes = (sums > 0.5).to(ScalarType.Int64) + (sums > -0.5).to(ScalarType.Int64);
foreach (var (name, parameter) in model.named_parameters())
{
    parameter.requires_grad = !name.StartsWith("backbone.");
}

model.eval();
var optimizer = optim.Adam(model.parameters().Where(parameter => parameter.requires_grad), lr: 0.01);
float first = 0, last = 0;
for (int step = 0; step <= 200; step++)
{
    using var scope = NewDisposeScope();
    Tensor loss = functional.cross_entropy(model.call(inputs), classes);
    last = loss.item<float>();
    first = step == 0 ? last : first;
    if (step % 50 == 0)
    {
        Console.WriteLine($"step {step,3}  loss {last:F3}");
    }

    optimizer.zero_grad();
    loss.backward();
    optimizer.step();
}

return verification.Passed && last < first / 2 ? 0 : 1;

string Argument(string name) => Args.IndexOf(name) is >= 0 and var at && at + 1 < Args.Count ? Args[at + 1] : null;

static string Here([System.Runtime.CompilerServices.CallerFilePath] string path = "") => Path.GetDirectoryName(path);
