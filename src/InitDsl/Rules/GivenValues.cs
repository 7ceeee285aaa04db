using System.Globalization;

namespace InitDsl;

/// <summary>
/// Numbers given to an initializer: a copy of a CLR array, or a backend's tensor that is read when a plan is compiled.
/// </summary>
internal sealed class GivenValues
{
    private readonly object source;
    private readonly string word;

    /// <param name="values">An array or a tensor.</param>
    /// <param name="word">The word of the language that takes them, for the texts of errors.</param>
    /// <exception cref="ArgumentException">A single number, or an array of something else.</exception>
    internal GivenValues(object values, string word)
    {
        ArgumentNullException.ThrowIfNull(values);
        this.word = word;
        if (values is GivenValues read)
        {
            // From a rule file.
            source = read.source;
            return;
        }

        // Only the CLR's own: a tensor of DiffSharp is IConvertible too, and refuses to be unless it has one element.
        if (values is IConvertible number && Type.GetTypeCode(values.GetType()) != TypeCode.Object)
        {
            throw new ArgumentException(
                $"{word} takes an array or a tensor. For one number write Const({number.ToString(CultureInfo.InvariantCulture)}).",
                nameof(values));
        }

        source = values is Array array ? new Copied(array, word) : values;
    }

    private GivenValues(Copied values, string word)
    {
        source = values;
        this.word = word;
    }

    /// <summary>Numbers in row-major order with a shape; null where their number is another.</summary>
    internal static GivenValues? Shaped(long[] sizes, double[] values, string word)
    {
        long elements = 1;
        foreach (long size in sizes)
        {
            // More than there are numbers; the product of what is left might be beyond a long.
            if (size < 0 || (size > 0 && elements > values.Length / size && !sizes.Contains(0)))
            {
                return null;
            }

            elements = sizes.Contains(0) ? 0 : elements * size;
        }

        return elements == values.Length ? new(new Copied(new(sizes), values), word) : null;
    }

    /// <summary>The shape of an array, or the word "tensor".</summary>
    public override string ToString() => source is Copied copied ? copied.Shape.ToString() : "tensor";

    /// <summary>Shape and numbers of an array; null for a tensor, whose numbers are not known here.</summary>
    internal (Shape Shape, double[] Values)? AsArray => source is Copied copied ? (copied.Shape, copied.Values) : null;

    /// <summary>The shape of an array and a digest of its numbers, or the word "tensor".</summary>
    internal string Digest => source is Copied copied ? $"{copied.Shape} {ValueDigest.Of(copied.Values)}" : "tensor";

    /// <summary>The numbers in row-major order of the parameter, or why there are none.</summary>
    internal Problem? Read(ResolutionContext context, out double[] values)
    {
        values = [];
        (Shape Shape, double[] Values)? read;
        try
        {
            read = source is Copied copied ? (copied.Shape, copied.Values) : context.ReadValues(source);
        }
        catch (ArgumentException unreadable)
        {
            return new(Findings.Sentence(unreadable), $"Give {word} an array of numbers or a real tensor with memory.");
        }

        if (read is not { } given)
        {
            return new(
                $"{word} was given a {Code.TypeName(source.GetType())}, which is neither an array nor a tensor of this model's kind.",
                "Give it an array of numbers or a tensor.");
        }

        Shape asked = source is Copied ? context.Spec.Shape : context.Spec.StoredShape;
        if (!given.Shape.Equals(asked) && !(given.Shape.Rank == 1 && given.Shape.Elements == asked.Elements))
        {
            return new(
                $"{word} has the shape {given.Shape}, which is not the parameter's.",
                $"Give it the shape {asked}, or {asked.Elements} numbers in row-major order.");
        }

        values = source is Copied ? given.Values : FromMemory(given.Values, context.Spec);
        return null;
    }

    /// <summary>A backend's own tensor lies as the backend's parameters do.</summary>
    private static double[] FromMemory(double[] stored, ParamSpec spec)
    {
        if (!StoredLayout.Differs(spec))
        {
            return stored;
        }

        double[] values = new double[stored.Length];
        StoredLayout.FromMemory<double>(stored, values, spec);
        return values;
    }

    /// <summary>A snapshot, so that the initializer stays what it was when the array changes.</summary>
    private sealed class Copied
    {
        /// <summary>Whole numbers beyond this are not all representable as doubles.</summary>
        private const long LargestExact = 1L << 53;

        internal Copied(Shape shape, double[] values)
        {
            Shape = shape;
            Values = values;
        }

        internal Copied(Array values, string word)
        {
            Shape = new([.. Enumerable.Range(0, values.Rank).Select(values.GetLongLength)]);
            Values = new double[Shape.Elements];
            int next = 0;
            foreach (object? element in values)
            {
                Values[next++] = element switch
                {
                    Half half => (double)half,
                    long and (> LargestExact or < -LargestExact) or ulong and > LargestExact => throw new ArgumentException(
                        $"{word} takes whole numbers up to 2^53, not {element}: beyond that doubles do not hold them all.",
                        nameof(values)),
                    IConvertible number and not string and not char => number.ToDouble(null),
                    _ => throw new ArgumentException(
                        $"{word} takes an array of numbers, not {Code.TypeName(values.GetType())}. "
                        + "Write a rectangular array (double[,]) instead of an array of arrays.",
                        nameof(values)),
                };
            }
        }

        internal Shape Shape { get; }

        internal double[] Values { get; }
    }
}
