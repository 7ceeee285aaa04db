namespace InitDsl.Tests.Running;

public class ReportTests
{
    [Fact]
    public void Layers_at_which_a_function_fails_are_said()
    {
        InitLawReport report = InitLaws.Examine(From(p => p.Shape.Rank == 2 ? Normal(std: 0.1) : throw new InvalidOperationException("matrices alone")));
        Assert.Contains(report.NotAsked, text => text.StartsWith("conv.weight [144, 16, 3, 3] of Conv2d: ", StringComparison.Ordinal) && text.Contains("failed with InvalidOperationException: matrices alone", StringComparison.Ordinal));
        Assert.DoesNotContain(report.NotAsked, text => text.StartsWith("linear.weight", StringComparison.Ordinal));
        Assert.Contains("not asked: conv.weight [144, 16, 3, 3] of Conv2d: the function given to From failed with InvalidOperationException: matrices alone", report.ToString(), StringComparison.Ordinal);

        // Shapes that a law does not fit, and vectors, are not meant.
        Assert.DoesNotContain(InitLaws.Examine(From(p => Normal(std: 1.0 / p.Shape[1]))).NotAsked, text => text.Contains(".weight", StringComparison.Ordinal) || text.Contains(".bias", StringComparison.Ordinal));
        Assert.DoesNotContain(InitLaws.Examine(Dirac()).NotAsked, text => text.Contains(".weight", StringComparison.Ordinal));
    }

    [Fact]
    public void The_message_lists_every_failed_property_with_its_repro()
    {
        var thrown = Assert.Throws<InitLawException>(() => InitLaws.CheckFill(
            t => t.fill_(0.25), Normal(), new() { Seed = 7, Shape = new(300, 200), Properties = InitProperties.Symmetry | InitProperties.Determinism }));
        Assert.Equal(
            """
            the fill that promises Normal(0, 1): Determinism, Symmetry do not hold
              Determinism of first: the seeds 7 and -8 give the same values; another parameter likewise
                again: var first = full([300, 200], float.NaN); manual_seed(7); fill(first);
              Symmetry of first: first [300, 200]: the units 0 and 1 start alike, and get the same gradient
                again: var first = full([300, 200], float.NaN); manual_seed(7); fill(first);
              Symmetry of second: second [300, 200]: the units 0 and 1 start alike, and get the same gradient
                again: var first = full([300, 200], float.NaN); var second = full([300, 200], float.NaN); manual_seed(7); fill(first); fill(second);
              4 statistical tests, chance of a false alarm below 1E-06 over all
            """,
            thrown.Message);
        Assert.False(thrown.Report.Passed);
        Assert.False(thrown.Report.Holds(InitProperties.Symmetry));
        Assert.False(thrown.Report.Holds(InitProperties.Bounds), "It was not asked for.");
    }

    [Fact]
    public void A_report_says_how_closely_it_looked_and_what_it_did_not_ask()
    {
        InitLawReport report = InitLaws.CheckModel(() => Linear(40, 30), When<Linear>().Weight(Kaiming).Bias(Zeros));
        Assert.True(report.Holds(InitProperties.Bounds | InitProperties.Moments));
        Assert.Equal(["weight", "bias"], report.Measured.Select(measured => measured.Path));
        Assert.Equal(64 * 1200, report.Measured[0].Values);
        Assert.InRange(report.Measured[0].Deviation, 0.03, 0.04);
        Assert.Equal(double.NaN, report.Measured[1].Deviation);
        Assert.Equal(
            [
                "Streams: fewer than two parameters are drawn with values enough to compare",
                "Variance: say InitLawOptions.Input, which makes an input of the model",
            ],
            report.NotAsked);
    }

    [Fact]
    public void Without_statistical_tests_no_power_is_claimed()
    {
        Assert.Equal(
            """
            Const(0.5): holds (Bounds, Moments, Distribution, Determinism, Order, Idempotence, Monoid)
              no statistical tests: what was asked does not depend on chance
                linear.weight ~ Const(0.5): every value
                conv.weight ~ Const(0.5): every value
                conv_transpose.weight ~ Const(0.5): every value
                embedding.weight ~ Const(0.5): every value
                rnn.weight_ih_l0 ~ Const(0.5): every value
                rnn.weight_hh_l0 ~ Const(0.5): every value
                lstm.weight_ih_l0 ~ Const(0.5): every value
                lstm.weight_hh_l0 ~ Const(0.5): every value
              not asked: Streams: fewer than two parameters are drawn with values enough to compare
              not asked: Symmetry: nothing is drawn; zeros, and constants that are asked for, leave all units of a weight alike
              not asked: Variance: say InitLawOptions.Activation, the function between layers
            """,
            InitLaws.Check(Const(0.5)).ToString());
        Assert.DoesNotContain("probability", InitLaws.Examine(Orthogonal()).ToString(), StringComparison.Ordinal);
        Assert.Contains(" found with a probability of 0.999:", InitLaws.Examine(Kaiming).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_default_looks_closely_enough()
    {
        InitLawReport report = InitLaws.Check(Kaiming);
        Assert.All(report.Measured, measured => Assert.InRange(measured.Deviation, 0.02, 0.03));
        Assert.Equal(1e-6, report.Options.FalseAlarm);
    }

    [Fact]
    public void Torch_s_global_generator_stays_as_it_is()
    {
        random.manual_seed(3);
        using Tensor before = random.get_rng_state();
        InitLaws.Check(Zeros);
        InitLaws.ExamineFill(t => t.normal_(), Normal(), new() { Deviation = 0.3 });
        InitLaws.ExamineSeededFill((t, g) => t.normal_(), Normal(), new() { Deviation = 0.3 });
        InitLaws.ExamineConstructor(() => Linear(4, 3), Presets.TorchDefault, new() { Deviation = 0.3 });
        using Tensor after = random.get_rng_state();
        Assert.Equal(before.data<byte>(), after.data<byte>());
    }

    [Fact]
    public void Initializers_that_no_layer_takes_are_refused_with_the_reason()
    {
        var refused = Assert.Throws<InitException>(() => InitLaws.Check(Values(new double[,] { { 1, 2 } })));
        Assert.Contains("linear.weight", refused.Message, StringComparison.Ordinal);
        InitLaws.CheckModel(() => Linear(2, 1, hasBias: false), All.Weight(Values(new double[,] { { 1, 2 } })));
    }

    [Fact]
    public void Options_are_checked()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new InitLawOptions { FalseAlarm = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new InitLawOptions { Power = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new InitLawOptions { Deviation = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new InitLawOptions { VarianceFactor = 1 });
        Assert.Throws<ArgumentNullException>(() => new InitLawOptions { Shape = null! });
        Assert.Throws<ArgumentException>(() => StatedLaw.Discrete([1, 1], [0.5, 0.5]));
        Assert.Throws<ArgumentException>(() => StatedLaw.Discrete([0, 1], [0.5, 0.6]));
        Assert.Throws<ArgumentException>(() => StatedLaw.Discrete([0, 1], [1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => StatedLaw.Continuous(x => x, 0.5, 0, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => StatedLaw.Continuous(x => x, 2, 1, 0, 1));
    }
}
