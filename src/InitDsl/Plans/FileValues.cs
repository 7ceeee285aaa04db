namespace InitDsl;

/// <summary>A tensor of a file as the value of a parameter: whether it fits, and the law that it comes to.</summary>
internal sealed class FileValues(FileTensor tensor)
{
    /// <summary>Whole numbers from this on are not all representable as doubles, through which all conversions go.</summary>
    private const double FirstInexact = 9007199254740992;

    private const string Leave = "or leave the tensor out (map: name => … null, partial: true) and let a rule before it decide.";

    private readonly Dictionary<DType, FileScan> scans = [];

    internal FileTensor Tensor => tensor;

    /// <summary>The law for a parameter, or why the tensor cannot be its value.</summary>
    internal Resolution LawFor(ParamSpec spec)
    {
        if (!tensor.Shape.Equals(spec.Shape))
        {
            return new Problem($"{tensor.Text} has the shape {tensor.Shape}, which is not the parameter's.", ShapeAdvice(spec.Shape));
        }

        if (tensor.Type.DType is not { } stored)
        {
            return new Problem($"{tensor.Text} has the dtype {tensor.Type.Name}, which is not read.", "Write the file again as F32 or BF16.");
        }

        if (stored.IsComplex() && !spec.DType.IsComplex())
        {
            return new Problem($"{tensor.Text} is complex, and the parameter is {spec.DType}.", "Write its real part to the file.");
        }

        FileScan scan = Scan(stored, spec.DType);
        if (!IsFloating(stored) && stored != spec.DType
            && (scan.Rounded > 0 || scan.Moments.Max >= FirstInexact || scan.Moments.Min <= -FirstInexact))
        {
            return new Problem(
                $"{tensor.Text} holds whole numbers that {spec.DType} does not hold exactly.",
                "Write the file with the parameter's dtype.");
        }

        if (scan.Finite.Others > 0 && spec.Role != ParamRole.Buffer)
        {
            return new Problem(
                $"{tensor.Text} holds {Numbers.Count(scan.Finite.Others)} {(scan.Finite.Others == 1 ? "value that is" : "values that are")} NaN or infinite, "
                + "and this is a parameter, which cannot be trained from there.",
                $"Take a file from before that happened, {Leave}");
        }

        return new FileLaw(tensor, stored, spec.DType, scan);
    }

    private static bool IsFloating(DType dtype) => dtype.IsReal() || dtype.IsComplex();

    private string ShapeAdvice(Shape wanted)
    {
        return tensor.Shape.Rank == 2 && wanted.SequenceEqual(tensor.Shape.Reverse())
            ? $"It looks transposed, as GPT-2's Conv1D weights are: write the file again with it turned, {Leave}"
            : tensor.Shape.Elements == wanted.Elements
                ? $"Write the file again with it as {wanted}, {Leave}"
                : $"Build the model with the file's sizes, {Leave}";
    }

    private FileScan Scan(DType stored, DType target)
    {
        if (!scans.TryGetValue(target, out FileScan? scan))
        {
            scans[target] = scan = FileScan.Of(tensor, stored, target);
        }

        return scan;
    }
}
