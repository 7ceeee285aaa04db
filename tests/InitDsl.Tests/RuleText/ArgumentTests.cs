using System.Globalization;

namespace InitDsl.Tests;

/// <summary>What is wrong with the arguments of a word is said all at once, in code and in text with the same sentences.</summary>
public class ArgumentTests
{
    /// <summary>What words may follow.</summary>
    private static readonly Dictionary<Type, object> Befores = new()
    {
        [typeof(Init)] = Kaiming, [typeof(Selector)] = All, [typeof(RowSlice)] = All.Rows(0..1), [typeof(Rule)] = All.Keep(),
    };

    [Theory]
    [InlineData("""{"TruncNormal": {"std": -1, "a": 0.4, "b": 0.1, "foo": 2}}""", ".TruncNormal.std: TruncNormal: std must be above 0, not -1.", ".TruncNormal.b: TruncNormal: b must be above a (0.4), not 0.1.", ".TruncNormal.foo: TruncNormal has no \"foo\"; it takes mean, std, a, b.")]
    [InlineData("""{"Uniform": {"low": "x", "high": "Infinity"}}""", ".Uniform.low: here stands a number, not \"x\".", ".Uniform.high: Uniform: high must be a finite number, not Infinity.")]
    [InlineData("""{"WangInit": {"width": 0, "layers": -3}}""", ".WangInit.width: WangInit: width must be 1 or more, not 0.", ".WangInit.layers: WangInit: layers must be 1 or more, not -3.")]
    [InlineData("""{"LogOfUniform": {"low": -1}}""", ".LogOfUniform: LogOfUniform needs high, a number.", ".LogOfUniform.low: LogOfUniform: low must be above 0, not -1.")]
    [InlineData("""{"Icnr": {"upscale": 5000, "inner": {"Normal": {"mean": "Infinity", "std": -0.5}}}}""", ".Icnr.upscale: Icnr: upscale must be from 1 to 1000, not 5000.", ".Icnr.inner.Normal.mean: Normal: mean must be a finite number, not Infinity.", ".Icnr.inner.Normal.std: Normal: std must be 0 or above, not -0.5.")]
    [InlineData("""{"TruncNormal": {"a": 5}}""", ".TruncNormal.a: TruncNormal: b must be above a (5), not 2.")]
    [InlineData("""{"TruncNormal": {"mean": 100}}""", ".TruncNormal.mean: TruncNormal: a and b leave less than 1e-30 of the mass of Normal(100, 1) between -2 and 2: the bounds are absolute, not in standard deviations.")]
    [InlineData("\"Uniform\"", ": Uniform takes an object with \"low\", \"high\".")]
    [InlineData("""{"Uniform": 1}""", ".Uniform: Uniform takes an object with \"low\", \"high\", not the number 1.")]
    [InlineData("""{"Zeros": 1}""", ".Zeros: Zeros takes nothing, not the number 1.")]
    [InlineData("""["Kaiming", {"For": 3}]""", "[1].For: here stands an activation, as \"ReLU\" or { \"LeakyReLU\": 0.2 }, not the number 3.")]
    [InlineData("""["Kaiming", {"For": "Relu"}]""", "[1].For: there is no activation \"Relu\". Did you mean \"ReLU\"?")]
    [InlineData("""{"Values": [1, "x"]}""", ".Values[1]: here stands a number, not \"x\".")]
    [InlineData("""{"Values": {"shape": [2], "values": [1]}}""", ".Values.shape: there are 1 numbers, which is not the product of the sizes in the shape.")]
    public void All_that_is_wrong_with_them_is_said(string init, params string[] problems) =>
        Assert.Equal(problems, Said(init));

    /// <summary>A name that is not known may be that of the argument which is left out.</summary>
    [Theory]
    [InlineData("""{"TruncNormal": {"mean": 100, "sdt": 60}}""", ".TruncNormal.sdt: TruncNormal has no \"sdt\"; it takes mean, std, a, b. Did you mean \"std\"?")]
    [InlineData("""{"TruncNormal": {"a": "0.1", "b": -4}}""", ".TruncNormal.a: here stands a number, not \"0.1\".")]
    public void Nothing_is_said_of_values_that_nobody_wrote(string init, string problem) => Assert.Equal([problem], Said(init));

    [Fact]
    public void Words_after_it_are_looked_at_too() =>
        Assert.Equal(
            ["[0].Normal.std: Normal: std must be 0 or above, not -1.", "[1].Scale: here stands a number, not \"x\"."],
            Said("""[{"Normal": {"std": -1}}, {"Scale": "x"}]"""));

    [Fact]
    public void Code_says_the_same_sentences()
    {
        var refused = Assert.Throws<ArgumentOutOfRangeException>(() => TruncNormal(std: -1, a: 0.4, b: 0.1));
        Assert.StartsWith("std must be above 0, not -1. b must be above a (0.4), not 0.1. (Parameter 'std')", refused.Message, StringComparison.Ordinal);
        Assert.Equal(("std", -1.0), (refused.ParamName, refused.ActualValue));
        (Action Make, string Said)[] words =
        [
            (() => Uniform(1, 0), "high must not be below low (1), as 0 is."),
            (() => Normal(double.NaN, -1), "mean must be a finite number, not NaN. std must be 0 or above, not -1."),
            (() => Sparse(1.5, -1), "sparsity must be from 0 to 1, not 1.5. std must be 0 or above, not -1."),
            (() => Fixup(0, 1), "branches must be 1 or more, not 0. layers must be 2 or more, not 1."),
            (() => Chrono(2), "longest must be above 2, not 2."),
            (() => FocalPrior(1), "prior must lie between 0 and 1, not be 1."),
            (() => TruncNormalSigmas(std: 0, cut: -1), "std must be above 0, not 0. cut must be above 0, not -1."),
            (() => TruncNormalSigmas(cut: 1e-31), "cut leaves less than 1e-30 of the mass of a normal law within 1E-31 deviations of its mean: write a larger cut."),
            (() => Ones.Clamp(1, 0.9999999), "max must not be below min (1), as 0.9999999 is."),
            (() => Ones.Clamp(double.PositiveInfinity, double.NaN), "min must be a number below Infinity, not Infinity. max must be a number above -Infinity, not NaN."),
            (() => Ones.Blend(Zeros, 2), "weight must be from 0 (the other initializer alone) to 1 (this one alone), not 2."),
            (() => Ones.Cast(DType.Int32), "dtype must be Float16, BFloat16, Float32 or Float64, not Int32."),
            (() => Kaiming.Gain(0), "gain must be above 0, not 0: for zeros write Zeros."),
            (() => Activation.RReLU(double.NaN, double.PositiveInfinity), "lower must be a finite number, not NaN. upper must be a finite number, not Infinity."),
            (() => Activation.Hardtanh(1, 1), "high must be above low (1), not 1."),
            (() => All.Group(-1), "index must be 0 or more, not -1."),
        ];
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
        try
        {
            Assert.All(words, word => Assert.StartsWith($"{word.Said} (Parameter '", Assert.Throws<ArgumentOutOfRangeException>(word.Make).Message, StringComparison.Ordinal));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    /// <summary>Every word that takes numbers, given numbers that no word takes: nothing of the framework's own is said.</summary>
    [Fact]
    public void No_word_speaks_as_the_framework_does()
    {
        var heard = new List<string>();
        foreach (WordForm form in RuleTexts.Forms.Where(form => form.Parameters.Any(parameter => parameter.Type == typeof(double) || parameter.Type == typeof(long))))
        {
            object? before = Befores.FirstOrDefault(part => Vocabulary.After(part.Key).Values.Any(word => word.Forms.Contains(form))).Value;
            foreach (double number in new[] { double.NaN, double.NegativeInfinity, -1, 0, 1e308 })
            {
                try
                {
                    form.Say(before, [.. form.Parameters.Select(parameter =>
                        parameter.Type == typeof(double) ? number
                        : parameter.Type == typeof(long) ? Math.Min(0, (long)Math.Clamp(number, -1e9, 1e9))
                        : parameter.Type == typeof(Init) ? Ones
                        : parameter.IsOptional ? parameter.Default : Activator.CreateInstance(parameter.Type))]);
                }
                catch (ArgumentException refused)
                {
                    heard.Add(refused.Message);
                }
            }
        }

        Assert.NotEmpty(heard);
        Assert.All(heard, said => Assert.DoesNotMatch("^[a-z]+ \\('|^The value|^Specified argument", said));
    }

    /// <summary>Each problem of an initializer, its place from the initializer on.</summary>
    private static IEnumerable<string> Said(string init)
    {
        string text = $$"""{"initdsl": 1, "rules": [["All", {"Weight": {{init}}}]]}""";
        return Assert.Throws<InitTextException>(() => RuleSet.Parse(text)).Problems
            .Select(problem => $"{problem.Path["$.rules[0][1].Weight".Length..]}: {problem.Message}");
    }
}
