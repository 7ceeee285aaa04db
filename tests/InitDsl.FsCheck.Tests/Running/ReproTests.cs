namespace InitDsl.Tests.Running;

/// <summary>The code behind "again:" is what each test here runs beside it, letter by letter, and it gives the values that were seen.</summary>
public class ReproTests
{
    private static readonly InitLawOptions Exact = new() { Seed = 7, Properties = InitProperties.Bounds, Deviation = 0.2 };

    [Fact]
    public void Of_an_initializer_it_makes_the_layer()
    {
        Init init = From(p => Normal(std: 0.02));
        Assert.Equal(
            "var linear = Linear(64, 720); ModuleDict((\"linear\", (Module)linear)).Initialize(All.Param(\"*\", init), seed: 7);  // linear.weight",
            Subject(init).Repro("linear.weight", 7));
        Assert.Equal(
            "var linear = Linear(64, 720); ModuleDict((\"linear\", (Module)linear)).Initialize(All.Param(\"*\", Normal(0, 0.02)), seed: 7);  // linear.weight",
            Subject(Normal(std: 0.02)).Repro("linear.weight", 7));
        var linear = Linear(64, 720); ModuleDict(("linear", (Module)linear)).Initialize(All.Param("*", init), seed: 7);  // linear.weight
        Assert.Equal(First(Subject(init), "linear.weight"), Found(linear, "weight"));
        linear.Dispose();
    }

    [Theory]
    [InlineData("linear.weight")]
    [InlineData("conv.weight")]
    [InlineData("conv_transpose.weight")]
    [InlineData("embedding.weight")]
    [InlineData("rnn.weight_ih_l0")]
    [InlineData("lstm.weight_hh_l0")]
    [InlineData("norm.weight")]
    public void Every_layer_has_its_code(string path) =>
        Assert.StartsWith($"var {path.Split('.')[0]} = ", Subject(Kaiming).Repro(path, 7), StringComparison.Ordinal);

    [Fact]
    public void Of_an_initializer_as_a_whole_it_is_the_check()
    {
        Assert.Equal("InitLaws.Check(Kaiming, new InitLawOptions { Seed = 7 });", Subject(Kaiming).Repro("", 7));
        Assert.Equal("InitLaws.Check(Kaiming, options with { Seed = 7 });", new InitSubject(Kaiming, Exact).Repro("", 7));
        Assert.Equal("InitLaws.Check(init, new InitLawOptions { Seed = 7 });", Subject(Normal(std: 1.0 / 3)).Repro("", 7));
    }

    [Fact]
    public void Of_rules_it_makes_the_model()
    {
        Func<Module> factory = () => Sequential(("fc", Linear(30, 20)));
        RuleSet rules = When<Linear>().Weight(Kaiming).Bias(Zeros) + Named("fc").Bias(Ones);
        var subject = new ModelSubject(factory, rules, Exact);
        Assert.Equal(
            "var model = factory(); model.Initialize(When<Linear>().Weight(Kaiming).Bias(Zeros) + Named(\"fc\").Bias(Ones), seed: 7);  // fc.weight",
            subject.Repro("fc.weight", 7));
        using var model = factory(); model.Initialize(When<Linear>().Weight(Kaiming).Bias(Zeros) + Named("fc").Bias(Ones), seed: 7);  // fc.weight
        Assert.Equal(First(subject, "fc.weight"), Found(model, "fc.weight"));
        Assert.Equal("var model = factory(); model.Initialize(rules, seed: 7);", new ModelSubject(factory, Where(p => true).Weight(Kaiming), Exact).Repro("", 7));
    }

    [Fact]
    public void What_words_leave_out_is_called_by_its_name()
    {
        static string Text(Init init) => Written.Of(init, "init");
        Assert.Equal("Normal(0, 0.02)", Text(Normal(std: 0.02)));
        Assert.Equal("TruncNormal(0, 1, -2, double.PositiveInfinity)", Text(TruncNormal(0, 1, -2, double.PositiveInfinity)));
        Assert.Equal("init", Text(Normal(std: 1.0 / 3)));
        Assert.Equal("init", Text(Kaiming.Blend(From(p => Zeros), 0.5)));
        Assert.Equal("init", Text(Values(new double[] { 1, 2 })));
        Assert.Equal("init", Text(Kaiming.For(Activation.Of("mine", x => x))));
        Assert.Equal("Kaiming.For(Activation.Tanh)", Text(Kaiming.For(Activation.Tanh)));
        Assert.Equal("rules", Written.Of(Presets.TorchDefault, "rules"));
    }

    [Fact]
    public void Of_a_fill_it_makes_the_tensors()
    {
        Action<Tensor> fill = t => t.normal_();
        InitLawReport report = InitLaws.ExamineFill(fill, Uniform(-1, 1), Exact with { Shape = new(12, 10) });
        Assert.Equal(
            [
                "var first = full([12, 10], float.NaN); manual_seed(7); fill(first);",
                "var first = full([12, 10], float.NaN); var second = full([12, 10], float.NaN); manual_seed(7); fill(first); fill(second);",
            ],
            report.Failures.Select(failure => failure.Repro));
        var subject = new FillSubject((t, _) => fill(t), _ => new NormalLaw(0, 1), "", Exact with { Shape = new(12, 10) });
        random.manual_seed(1);
        var first = full([12, 10], float.NaN); var second = full([12, 10], float.NaN); manual_seed(7); fill(first); fill(second);
        Assert.Equal(First(subject, "first"), first.data<float>().Select(value => (double)value));
        Assert.Equal(First(subject, "second"), second.data<float>().Select(value => (double)value));
        first.Dispose();
        second.Dispose();
    }

    [Fact]
    public void Of_a_fill_from_a_generator_it_makes_that_too()
    {
        Action<Tensor, Generator> fill = (t, g) => t.normal_(0, 1, g);
        InitLawReport report = InitLaws.ExamineSeededFill(fill, Uniform(-1, 1), Exact with { Seed = -8, Shape = new(12, 10) });
        Assert.Equal(
            [
                "var first = full([12, 10], float.NaN); fill(first, new Generator(18446744073709551608));",
                "var first = full([12, 10], float.NaN); var second = full([12, 10], float.NaN); fill(first, new Generator(18446744073709551608)); fill(second, new Generator(18446744073709551609));",
            ],
            report.Failures.Select(failure => failure.Repro));
        var subject = new FillSubject((t, seed) => fill(t, new Generator(unchecked((ulong)seed))), _ => new NormalLaw(0, 1), "", Exact with { Shape = new(12, 10) });
        var first = full([12, 10], float.NaN); var second = full([12, 10], float.NaN); fill(first, new Generator(18446744073709551608)); fill(second, new Generator(18446744073709551609));
        Assert.Equal(First(subject, "first", -8), first.data<float>().Select(value => (double)value));
        Assert.Equal(First(subject, "second", -8), second.data<float>().Select(value => (double)value));
        first.Dispose();
        second.Dispose();
    }

    [Fact]
    public void Of_a_constructor_it_calls_it()
    {
        Func<Module> factory = () => Linear(4, 3);
        var subject = new ConstructorSubject(factory, Presets.TorchDefault);
        Assert.Equal("manual_seed(7); var model = factory();  // weight", subject.Repro("weight", 7));
        manual_seed(7); using var model = factory();  // weight
        Assert.Equal(First(subject, "weight"), Found(model, "weight"));
    }

    private static InitSubject Subject(Init init) => new(init, InitLawOptions.Default);

    private static double[] First(Subject subject, string path, long seed = 7) => subject.Draw(seed).Single(drawn => drawn.Path == path).Values;

    private static double[] Found(Module model, string path)
    {
        using Tensor values = model.named_parameters().Single(own => own.name == path).parameter.detach().flatten();
        return [.. values.data<float>().Select(value => (double)value)];
    }
}
