using FsCheck;
using FsCheck.Fluent;
using TorchSharp.Modules;

namespace InitDsl;

/// <summary>
/// Arbitraries for property tests of one's own: <c>Prop.ForAll(InitArbitraries.Cases(), c => …)</c>, or for all tests of a class
/// <c>[Properties(Arbitrary = new[] { typeof(InitArbitraries) })]</c>. What they make shrinks, and prints as code.
/// </summary>
public static class InitArbitraries
{
    private const int LargestSize = 12;
    private const int MostRules = 4;

    /// <summary>Shapes of up to four dimensions with sizes from 1 to 12. Shrinks to fewer and smaller dimensions.</summary>
    public static Arbitrary<Shape> Shapes() => Arb.From(
        Gen.Choose(0, 4).SelectMany(Sizes),
        Shrinking.Shape);

    /// <summary>
    /// Parameters as a backend states them: weights and biases of linear layers, convolutions, embeddings and norms. Shrinks to
    /// smaller sizes.
    /// </summary>
    public static Arbitrary<ParamSpec> Specs() => Arb.From(
        Gen.OneOf(
            Sizes(2).Select(shape => Spec("fc", "weight", typeof(Linear), LayerKind.Linear, shape)),
            Sizes(1).Select(shape => Spec("fc", "bias", typeof(Linear), LayerKind.Linear, shape)),
            Sizes(4).Select(shape => Spec("conv", "weight", typeof(Conv2d), LayerKind.Convolution, shape)),
            Sizes(2).Select(shape => Spec("emb", "weight", typeof(Embedding), LayerKind.Embedding, shape)),
            Sizes(1).Select(shape => Spec("norm", "weight", typeof(LayerNorm), LayerKind.Normalization, shape))),
        spec => Shrinking.Sizes(spec.Shape).Select(shape => Spec(spec.ModulePath, spec.Name, spec.ModuleType!, spec.Kind, shape)));

    /// <summary>Seeds, the extreme ones often. Shrinks to 0.</summary>
    public static Arbitrary<long> Seeds() => Arb.From(Seed, seed => seed == 0 ? [] : [0L]);

    /// <summary>Laws of one element and of matrices, resolved. Shrinks to simpler ones.</summary>
    public static Arbitrary<Law> Laws() => Arb.From(
        Gen.OneOf(
            Pairs.Select(pair => (Law)new NormalLaw(pair.A, 0.1 + Math.Abs(pair.B))),
            Pairs.Select(pair => (Law)new UniformLaw(Math.Min(pair.A, pair.B), Math.Max(pair.A, pair.B))),
            Pairs.Select(pair => (Law)new TruncatedNormalLaw(pair.A, 0.1 + Math.Abs(pair.B), pair.A - 1, pair.A + 2)),
            Pairs.Select(pair => (Law)new ConstantLaw(pair.A)),
            Pairs.Select(pair => (Law)new ClampedLaw(new NormalLaw(0, 1), Math.Min(pair.A, pair.B), Math.Max(pair.A, pair.B))),
            Gen.Choose(1, LargestSize).Zip(Gen.Choose(1, LargestSize), (rows, columns) => (Law)new OrthogonalLaw(rows, columns, 1)),
            Gen.Choose(1, LargestSize).Zip(Gen.Choose(1, LargestSize), (rows, columns) => (Law)new SparseLaw(rows, columns, 0.3, 1))),
        law => new Law[] { new ConstantLaw(0), new NormalLaw(0, 1), new UniformLaw(-1, 1) }.TakeWhile(simple => simple != law));

    /// <summary>
    /// Initializers as people write them, composed at random; all apply to matrices. Shrinks to what they are made of,
    /// and to the simplest words.
    /// </summary>
    public static Arbitrary<Init> Inits() =>
        Arb.From(Gen.Sized(size => Expression(Math.Min(3, 1 + (size / 30)))), Shrinking.Init);

    /// <summary>Rules about layers, by type and by path. Shrinks to fewer words about more.</summary>
    public static Arbitrary<Rule> Rules() => Arb.From(RuleOf(Inits().Generator), Shrinking.Rule);

    /// <summary>Up to four rules. Shrinks to fewer and simpler ones.</summary>
    public static Arbitrary<RuleSet> RuleSets() => Arb.From(RulesOf(Inits().Generator), Shrinking.Rules);

    /// <summary>Small real models. Shrinks to fewer and smaller layers.</summary>
    public static Arbitrary<SmallModel> Models() => Arb.From(Model, model => model.Smaller());

    /// <summary>
    /// A model, rules that compile for it, and a seed. Shrinks each of them, and prints as the code that sees it again.
    /// </summary>
    public static Arbitrary<InitCase> Cases() => Arb.From(
        Model.Zip(RulesOf(Inits().Generator)).Zip(Seed, (pair, seed) => new InitCase(pair.Item1, pair.Item2, seed)).Where(made => made.Rules.Rules.Count > 0 && made.Compiles()),
        made => made.Smaller());

    private static Gen<long> Seed => Gen.OneOf(
        Gen.Elements(0L, 1L, -1L, 42L, long.MaxValue, long.MinValue),
        Gen.Choose(int.MinValue, int.MaxValue).Zip(Gen.Choose(int.MinValue, int.MaxValue), (high, low) => ((long)high << 32) ^ low));

    private static Gen<SmallModel> Model =>
        Gen.Choose(2, 5).SelectMany(count => Gen.ArrayOf(Gen.Choose(1, LargestSize), count))
            .Zip(Gen.Elements(true, false).Zip(Gen.Elements(true, false)), (widths, kind) => new SmallModel(kind.Item1, widths, kind.Item2));

    private static Gen<(double A, double B)> Pairs =>
        Gen.Choose(-40, 40).Zip(Gen.Choose(-40, 40), (a, b) => (a / 20.0, (a == b ? b + 7 : b) / 20.0));

    private static Gen<Shape> Sizes(int rank) =>
        Gen.ArrayOf(Gen.Choose(1, LargestSize), rank).Select(sizes => new Shape([.. sizes.Select(size => (long)size)]));

    private static Gen<Init> Leaf => Gen.OneOf(
        Gen.Elements(Dsl.Zeros, Dsl.Ones, Dsl.Kaiming, Dsl.Xavier, Dsl.LeCunNormal, Dsl.TruncNormal(), Dsl.VarianceScaling(2, FanMode.FanOut)),
        Pairs.Select(pair => Dsl.Normal(pair.A, 0.1 + Math.Abs(pair.B))),
        Pairs.Select(pair => Dsl.Uniform(Math.Min(pair.A, pair.B), Math.Max(pair.A, pair.B))));

    private static Gen<Init> Expression(int depth)
    {
        if (depth == 0)
        {
            return Leaf;
        }

        Gen<Init> inner = Expression(depth - 1);
        return Gen.OneOf(
            Leaf,
            inner.Zip(Pairs, (init, pair) => init.Scale(pair.A == 0 ? 2 : pair.A)),
            inner.Zip(Pairs, (init, pair) => init.Clamp(Math.Min(pair.A, pair.B), Math.Max(pair.A, pair.B))),
            inner.Zip(inner).Zip(Gen.Choose(1, 9), (pair, tenths) => pair.Item1.Blend(pair.Item2, tenths / 10.0)),
            inner.Zip(Gen.Elements(DType.Float16, DType.BFloat16), (init, dtype) => init.Cast(dtype)));
    }

    private static Gen<Rule> RuleOf(Gen<Init> inits) =>
        Gen.Elements<Selector>(Dsl.All, Dsl.When<Linear>(), Dsl.When<Conv2d>(), Dsl.Named("fc1"), Dsl.Named("*2"), !Dsl.When<NormBase>())
            .Zip(inits)
            .Zip(Gen.Choose(0, 2), (pair, words) => words switch
            {
                0 => pair.Item1.Weight(pair.Item2),
                1 => pair.Item1.Weight(pair.Item2).Bias(Dsl.Zeros),
                _ => pair.Item1.Param("weight*", pair.Item2),
            });

    private static Gen<RuleSet> RulesOf(Gen<Init> inits) =>
        Gen.Choose(1, MostRules).SelectMany(count => Gen.ArrayOf(RuleOf(inits), count)).Select(rules => RuleSet.Of(rules));

    private static ParamSpec Spec(string path, string name, Type type, LayerKind kind, Shape shape)
    {
        FanCount? fans = kind switch
        {
            LayerKind.Convolution => FanAxes.Convolution(1).Count(shape),
            _ when shape.Rank == 2 => FanAxes.OutIn.Count(shape),
            _ => null,
        };
        return new()
        {
            ModulePath = path,
            Name = name,
            ModuleType = type,
            Kind = kind,
            Role = name == "bias" ? ParamRole.Bias : ParamRole.Weight,
            Shape = shape,
            LayerFans = fans,
            TorchFans = fans,
        };
    }
}
