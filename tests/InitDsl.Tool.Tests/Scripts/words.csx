// Every word that the imports could make ambiguous: TorchSharp.Modules has the types Linear, Normal and Uniform,
// torch.nn the method Linear, InitDsl.Dsl the methods Normal and Uniform.
RuleSet rules =
      When<Linear>().Weight(Kaiming).Bias(Const(0.01))
    + When<Conv2d>().Weight(Kaiming.FanOut()).Bias(Zeros)
    + When<LSTM>().Param("weight_hh*", Orthogonal()).Param("weight_ih*", XavierUniform).Bias(Zeros)
    + Named("*.c_proj").Weight(Normal(std: 0.02).Scale(1 / Math.Sqrt(2 * 12)))
    + Where(p => p.FanOut > 1000).Weight(Uniform(-1, 1))
    + In("backbone").Weight(VarianceScaling(1, FanMode.FanOut, Distribution.Normal))
    + Named("head").Keep();
Init[] inits = [Normal(0, 0.02), Uniform(-1, 1), TruncNormal(), Eye, Dirac(), Sparse(0.1), Values(ones(2)), From(p => Zeros), Xavier.For(Activation.Tanh)];
var model = Sequential(Linear(2, 2), Linear(2, 2));
Linear linear = Linear(2, 2, hasBias: false);
Tensor tensor = zeros(2, 3) + ones(2, 3) + full(2, 3, 0.5);
Parameter weight = linear.weight;
Activation relu = Activation.ReLU;
Shape shape = new(2, 3);
class Net : Module<Tensor, Tensor>
{
    private readonly Linear fc = Linear(3, 3);
    public Net() : base("Net") => RegisterComponents();
    public override Tensor forward(Tensor x) => functional.relu(fc.call(x));
}
var stopwatch = Stopwatch.StartNew();
string text = File.Exists(Path.Combine("a", "b")) ? "" : new StringBuilder().ToString();
await Task.CompletedTask;
Console.WriteLine($"{rules.Rules.Count} rules, {inits.Length} initializers, {new Net().parameters().Count()} parameters");
