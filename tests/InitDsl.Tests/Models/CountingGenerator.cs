namespace InitDsl.Tests;

/// <summary>A sequential generator that writes its seed and how many parameters it has drawn.</summary>
internal sealed class CountingGenerator(long seed) : TorchGenerator
{
    private int drawn;

    public override string? WhyNot(Law law, ParamSpec spec) =>
        law is OrthogonalLaw ? "PyTorch has no such law." : null;

    public override void Draw(ParameterStore store, Law law)
    {
        var value = new ConstantLaw((100 * seed) + drawn++);
        store.Write((start, run) => ElementCodec.Write(Filler.Of(value, default), store.Spec.DType, start, run));
    }
}
