namespace InitDsl.Tests;

/// <summary>E[f(z)²] against closed forms, and how it is sought against the same written as a list.</summary>
public class GaussianMomentTests
{
    private const int EvaluationsAPanel = 48;
    private const int FirstPanels = 76;
    private const int MostPanels = 4000;

    public static TheoryData<string, int> Kinks => new() { { "ramp", 0 }, { "ramp", 20 }, { "ramp", -20 }, { "step", 0 }, { "tooth", 0 }, { "tooth", -9 } };

    /// <summary>Kinks that do not lie between the first panels.</summary>
    [Theory]
    [InlineData(-1.7)]
    [InlineData(4.25)]
    public void A_rectifier_that_begins_anywhere_has_its_closed_form(double from)
    {
        double expected = ((1 + (from * from)) * StandardNormal.UpperTail(from)) - (from * StandardNormal.Density(from));
        (double value, string? whyNot) = GaussianMoment.Square(z => Math.Max(z - from, 0));
        Assert.Null(whyNot);
        Assert.Equal(1, value / expected, 1e-11);
    }

    /// <summary>The panel with the largest error, the left one of two, is halved until the errors are below 10⁻¹⁴ of the whole, whatever the scale.</summary>
    [Theory]
    [MemberData(nameof(Kinks))]
    public void The_worst_panel_is_halved_until_the_errors_are_small(string name, int exponent)
    {
        double scale = Math.ScaleB(1, exponent);
        Func<double, double> f = name switch
        {
            "ramp" => z => scale * Math.Max(z - 0.3, 0),
            "step" => z => z > 0.3 ? 1 : 0.5,
            _ => z => scale * Math.Abs(z - Math.Round(z)),
        };
        (double value, string? whyNot, int asked) = Ask(f);
        Assert.Null(whyNot);

        List<(double Left, double Right, double Value, double Error)> panels = [.. Enumerable.Range(-FirstPanels / 2, FirstPanels).Select(left => Panel(f, left, left + 1))];
        int halved = 0;
        for (; panels.Sum(panel => panel.Error) > 1e-14 * panels.Sum(panel => panel.Value); halved++)
        {
            (double left, double right, _, _) = panels.OrderByDescending(panel => panel.Error).ThenBy(panel => panel.Left).First();
            panels.RemoveAll(panel => panel.Left == left);
            double centre = (left + right) / 2;
            panels.AddRange([Panel(f, left, centre), Panel(f, centre, right)]);
        }

        Assert.InRange(halved, 3, 500);
        Assert.Equal(EvaluationsAPanel * (FirstPanels + (2 * halved)), asked);
        Assert.Equal(panels.OrderBy(panel => panel.Left).Sum(panel => panel.Value), value);
    }

    [Fact]
    public void A_smooth_function_is_asked_once_a_node_and_a_rough_one_until_there_are_enough_panels()
    {
        Assert.Equal(EvaluationsAPanel * FirstPanels, Ask(z => z).Asked);
        Assert.Equal(EvaluationsAPanel * FirstPanels, Ask(z => 1e9 * z).Asked);
        Assert.Equal(EvaluationsAPanel * FirstPanels, Ask(_ => 0).Asked);
        Assert.Equal(EvaluationsAPanel * (FirstPanels + (2 * (MostPanels - FirstPanels))), Ask(z => (BitConverter.DoubleToInt64Bits(z) & 1) * 2).Asked);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1e-5)]
    [InlineData(1e5)]
    public void What_cannot_be_integrated_is_so_at_every_scale(double scale)
    {
        Assert.Contains("grows so fast", GaussianMoment.Square(z => scale * Math.Exp(z * z / 4)).WhyNot, StringComparison.Ordinal);
        Assert.Contains("grows so fast", GaussianMoment.Square(z => z < 0 ? scale * Math.Exp(z * z / 4) : 0).WhyNot, StringComparison.Ordinal);
        Assert.Contains("grows so fast", GaussianMoment.Square(z => z > 0 ? scale * Math.Exp(z * z / 4) : 0).WhyNot, StringComparison.Ordinal);
        Assert.Contains("too rough", GaussianMoment.Square(z => scale * (BitConverter.DoubleToInt64Bits(z) & 1)).WhyNot, StringComparison.Ordinal);

        // Rough everywhere, and nowhere by much.
        Assert.Contains("too rough", GaussianMoment.Square(z => scale * (1 + (1e-3 * (BitConverter.DoubleToInt64Bits(z) & 1)))).WhyNot, StringComparison.Ordinal);
        Assert.Null(GaussianMoment.Square(z => scale * (1 + (1e-8 * (BitConverter.DoubleToInt64Bits(z) & 1)))).WhyNot);
    }

    /// <summary>An error of 0 is none, whatever the allowance rounds to.</summary>
    [Fact]
    public void The_smallest_functions_have_a_moment()
    {
        (double value, string? whyNot) = GaussianMoment.Square(z => z is >= 0 and < 1 ? 2e-161 * Math.Exp(z * z / 4) : 0);
        Assert.Null(whyNot);
        Assert.InRange(value, 1e-322, 2e-322);
    }

    [Fact]
    public void The_first_number_that_is_none_is_told_and_what_lies_beyond_38_does_not_count()
    {
        Assert.Equal("is NaN at -37.5475", GaussianMoment.Square(z => z < 0 ? double.NaN : z).WhyNot);
        Assert.Equal(1, GaussianMoment.Square(z => Math.Abs(z) > 38 ? double.NaN : z).Value, 1e-14);
        Assert.Equal(double.NaN, GaussianMoment.Square(z => z > 37 ? double.NaN : z).Value);
    }

    /// <summary>What is said of a function, and how often it was asked for that.</summary>
    private static (double Value, string? WhyNot, int Asked) Ask(Func<double, double> f)
    {
        int asked = 0;
        (double value, string? whyNot) = GaussianMoment.Square(z =>
        {
            asked++;
            return f(z);
        });
        return (value, whyNot, asked);
    }

    private static (double Left, double Right, double Value, double Error) Panel(Func<double, double> f, double left, double right)
    {
        double Square(double z)
        {
            double root = f(z) * Math.Sqrt(StandardNormal.Density(z));
            return root * root;
        }

        double fine = GaussLegendre.Integrate(Square, left, right, 2);
        return (left, right, fine, Math.Abs(fine - GaussLegendre.Integrate(Square, left, right, 1)));
    }
}
