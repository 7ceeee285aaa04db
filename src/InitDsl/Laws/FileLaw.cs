namespace InitDsl;

/// <summary>
/// The values of a tensor in a weight file, converted to the parameter's dtype. The file is read when the plan is compiled,
/// to check it, and again when values are written or verified.
/// </summary>
public sealed record FileLaw : Law
{
    private readonly DType target;
    private readonly FileScan scan;

    internal FileLaw(FileTensor tensor, DType stored, DType target, FileScan scan)
    {
        Source = tensor;
        Stored = stored;
        this.target = target;
        this.scan = scan;
    }

    /// <summary>The full path of the file; of a model in several files that of the one that holds the values.</summary>
    public string File => Source.File.Path;

    /// <summary>The tensor's name in the file.</summary>
    public string TensorName => Source.Name;

    /// <summary>The dtype that the values have in the file.</summary>
    public DType Stored { get; }

    /// <summary>How many of the values are rounded, as the parameter's dtype does not hold them; parts of complex numbers
    /// count by themselves.</summary>
    public long Rounded => scan.Rounded;

    /// <inheritdoc/>
    public override double Mean => Number(scan.Moments.Mean);

    /// <inheritdoc/>
    public override double Std => Number(scan.Moments.Std);

    /// <inheritdoc/>
    public override double Min => Number(scan.Moments.Min);

    /// <inheritdoc/>
    public override double Max => Number(scan.Moments.Max);

    internal FileTensor Source { get; }

    internal Moments Moments => scan.Moments;

    /// <summary>The smallest and the largest of the finite values; of none, 0.</summary>
    internal (double Least, double Most) Extremes => scan.Finite.Least <= scan.Finite.Most ? (scan.Finite.Least, scan.Finite.Most) : (0, 0);

    internal bool AreWhole => scan.AreWhole;

    internal override bool IsRandom => false;

    internal override string Digest => Convert.ToHexStringLower(scan.Hash.Span[..8]);

    internal override int Components => Stored.IsComplex() ? 2 : 1;

    /// <inheritdoc/>
    public override Law Scale(double factor) => new ScaledLaw(this, factor);

    /// <inheritdoc/>
    public bool Equals(FileLaw? other) =>
        other is not null && Stored == other.Stored && Source.Shape.Equals(other.Source.Shape) && scan.Hash.Span.SequenceEqual(other.scan.Hash.Span);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Stored, Source.Shape, Mean, Std);

    /// <summary>File and tensor: <c>model.safetensors["wte.weight"]</c>, with the dtype in the file where it is another.</summary>
    public override string ToString() =>
        $"{Source.File.Name}[{Code.Quote(TensorName)}]{(Stored == target ? "" : $" {Stored}")}";

    /// <summary>Of no elements the moments are those that other laws give.</summary>
    private double Number(double moment) => scan.Moments.Count == 0 ? 0 : moment;
}
