// The recipes of the classic "how do I initialise weights in PyTorch?", each in the words of InitDsl.
//
//   initdsl run scripts/seeds.csx                 or, in a clone of the repository,
//   dotnet run --project src/InitDsl.Tool -- run scripts/seeds.csx
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

Title("One layer", "A tensor is filled in place; its fans are read from its shape, output first.");
var conv1 = Conv2d(3, 16, 5);
conv1.weight.Initialize(XavierUniform, seed: 1);
Show("conv1.weight", conv1.weight);

Title("Filling with numbers of your own", "Const writes one number everywhere, Values an array of the same shape.");
conv1.bias!.Initialize(Const(0.01));
Show("conv1.bias", conv1.bias!);
var small = Linear(3, 2);
small.weight.Initialize(Values(new[,] { { 1.0, 2, 3 }, { 4, 5, 6 } }));
Show("small.weight", small.weight);

Title("A tensor made by hand", "Values takes tensors too.");
small.weight.Initialize(Values(full(2, 3, 0.5)));
Show("small.weight", small.weight);

Title("A whole Sequential, as a visitor", "apply calls the visitor for every module, as it does with an init_weights function.");
var net = Sequential(("fc1", Linear(2, 64)), ("relu", ReLU()), ("fc2", Linear(64, 64)));
Plan visit = When<Linear>().Weight(XavierUniform).Bias(Const(0.01)).Compile(net, seed: 1);
net.apply(visit.Visitor());
Console.WriteLine(visit.Verify());

Title("A module of your own", "Initialize compiles and fills in one; every Linear inside is found.");
var custom = new Net();
custom.Initialize(When<Linear>().Weight(XavierUniform).Bias(Zeros), seed: 1);
Show("custom.hidden.weight", custom.hidden.weight);

Title("Uniform from 0 to 1", "Not for use: every output becomes a sum of positive numbers.");
custom.Initialize(When<Linear>().Weight(Uniform(0, 1)).Bias(Zeros), seed: 1);
Show("custom.hidden.weight", custom.hidden.weight);

Title("The general rule: uniform within ±1/√n, n inputs", "From computes the law from the parameter at hand.");
custom.Initialize(When<Linear>().Weight(From(p => Uniform(-1 / Math.Sqrt(p.FanIn), 1 / Math.Sqrt(p.FanIn)))).Bias(Zeros), seed: 1);
Show("custom.hidden.weight", custom.hidden.weight);

Title("Normal with standard deviation 1/√n, for Linear only", "LeCunNormal says it by name. What no rule matches is left alone, and listed.");
var mixed = Sequential(("conv", Conv2d(1, 4, 3)), ("flat", Flatten()), ("fc", Linear(400, 10)));
Plan normal = When<Linear>().Weight(LeCunNormal).Bias(Zeros).Compile(mixed, seed: 1);   // = From(p => Normal(0, 1 / Math.Sqrt(p.FanIn)))
Console.WriteLine(normal.Explain());

Title("By what follows: He for ReLU, Xavier with its gain for tanh and the sigmoid", "The gain makes up for what the activation takes away; a gain that does not fit is warned of.");
var deep = Sequential(
    ("a", Linear(100, 100)), ("relu", ReLU()),
    ("b", Linear(100, 100)), ("tanh", Tanh()),
    ("c", Linear(100, 100)), ("sigmoid", Sigmoid()));
Plan byActivation = (
      Named("a").Weight(Kaiming)
    + Named("b").Weight(Xavier.For(Activation.Tanh))
    + Named("c").Weight(Xavier.For(Activation.Sigmoid))
    + When<Linear>().Bias(Zeros)).Compile(deep, seed: 1);
Console.WriteLine(byActivation.Explain());

Title("All weights equal: warned of", "Units that start alike stay alike: they get the same gradient for ever.");
Plan equal = When<Linear>().Weight(Const(0.5)).Bias(Zeros).Compile(net, seed: 1);
foreach (Diagnostic warning in equal.Diagnostics)
{
    Console.WriteLine(warning);
}

Title("The layer's own default, as PyTorch has it", "A fresh draw of what the constructor promises: here uniform within ±1/√n.");
deep.Initialize(When<Linear>().Weight(TorchDefault).Bias(TorchDefault), seed: 1);
Show("a.weight", ((Linear)deep[0]).weight);

void Title(string text, string why) => Console.WriteLine($"\n{text}\n{new string('─', text.Length)}\n{why}\n");

void Show(string name, Tensor t) => Console.WriteLine(
    $"{name} [{string.Join(", ", t.shape)}]: mean {t.mean().item<float>():F4}, "
    + $"from {t.min().item<float>():F4} to {t.max().item<float>():F4}");

class Net : Module<Tensor, Tensor>
{
    public readonly Linear hidden;
    private readonly Linear output;

    public Net()
        : base(nameof(Net))
    {
        hidden = Linear(784, 128);
        output = Linear(128, 10);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) => output.call(functional.relu(hidden.call(x)));
}
