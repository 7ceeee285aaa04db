using static InitDsl.Tests.ExpectedLaw;

namespace InitDsl.Tests;

/// <summary>Every parameter of a SIREN against the formulas of vsitzmann/siren.</summary>
public class SirenPresetTests
{
    [Fact]
    public void Siren_begins_wide_and_goes_on_by_its_frequency()
    {
        var table = new LawTable
        {
            { "net.0.linear.weight", PlusMinus(1.0 / 2) },
            { "net.0.linear.bias", PlusMinus(1 / Math.Sqrt(2)) },
            { "net.*.weight", PlusMinus(Math.Sqrt(6.0 / 256) / 30) },
            { "net.*.bias", PlusMinus(1 / Math.Sqrt(256)) },
        };
        using var model = new Siren();
        table.HoldsInValues(Presets.Siren, model);
    }

    [Fact]
    public void The_remark_on_other_frequencies_is_right()
    {
        using var model = new Siren();
        RuleSet rules = Presets.Siren + When<Linear>().Weight(From(p => p.Depth == 0 ? SirenFirst() : Dsl.Siren(10)));
        Plan plan = rules.Compile(model, seed: 1);
        Assert.Equal(0.5, plan.Steps[0].Law.Max);
        Assert.Equal(Math.Sqrt(6.0 / 256) / 10, plan.Steps[2].Law.Max, 1e-15);
    }
}
