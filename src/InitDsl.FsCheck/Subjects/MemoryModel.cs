namespace InitDsl;

/// <summary>Parameters in plain memory: what a rule writes can be watched run by run.</summary>
internal sealed class MemoryModel(IReadOnlyList<MemoryParameter> parameters) : ModelParameters
{
    public override string Name => "layer";

    public override IReadOnlyList<ParameterStore> Stores => parameters;

    public override (Shape Shape, double[] Values)? ReadValues(object source) => TensorValues.Read(source);

    /// <summary>Compiles rules for these parameters and applies them.</summary>
    internal IReadOnlyList<Drawn> Draw(RuleSet rules, long seed)
    {
        Plan plan = PlanCompiler.Compile(rules, this, RandomSource.Philox(seed));
        plan.Apply();
        return [.. plan.Steps.Select(Drawn.Of)];
    }
}

/// <summary>One parameter in an array of bytes.</summary>
/// <param name="spec">What is known of it.</param>
/// <param name="runLength">How many elements are handed out at a time.</param>
/// <param name="before">What every byte is before it is written; 255 reads as NaN.</param>
internal sealed class MemoryParameter(ParamSpec spec, int runLength = int.MaxValue, byte before = 0xFF) : ParameterStore(spec)
{
    private readonly byte[] bytes = [.. Enumerable.Repeat(before, checked((int)spec.Shape.Elements * spec.DType.Size()))];

    public override string? WhyNotWritable() => null;

    public override void Write(RunWriter write) => Runs((start, run) => write(start, run.Span));

    public override void Read(RunReader read) => Runs((start, run) => read(start, run.Span));

    private void Runs(Action<long, Memory<byte>> visit)
    {
        int size = Spec.DType.Size();
        int elements = bytes.Length / size;
        for (int start = 0; start < elements; start += Math.Min(runLength, elements - start))
        {
            visit(start, bytes.AsMemory(start * size, Math.Min(runLength, elements - start) * size));
        }
    }
}
