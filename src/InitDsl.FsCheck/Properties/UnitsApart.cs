using System.Runtime.InteropServices;

namespace InitDsl;

/// <summary>No two units of a layer start alike, or they would stay alike.</summary>
internal sealed class UnitsApart : Property
{
    internal override InitProperties Kind => InitProperties.Symmetry;

    internal override int Tests(IReadOnlyList<Drawn> first) => first.Count(drawn => Repetition.Of(drawn) is not null);

    internal override IEnumerable<InitLawFailure> Check(Sample sample)
    {
        foreach (Drawn drawn in sample.First)
        {
            if (Repetition.Of(drawn) is { } chance ? chance.RowsAlike <= sample.Each : IsOversight(sample, drawn))
            {
                if (Alike(drawn) is { } pair)
                {
                    yield return sample.Failure(
                        Kind, drawn.Path, $"{drawn.Spec}: the units {pair.First} and {pair.Second} start alike, and get the same gradient");
                }
            }
        }
    }

    /// <summary>A constant weight matrix that nobody meant. Zeros may be meant: the last layer of a branch, a head.</summary>
    private static bool IsOversight(Sample sample, Drawn drawn) =>
        !sample.Subject.ConstantsAreMeant
        && drawn is { Law: { IsRandom: false, Std: 0, Mean: not 0 }, Spec: { Role: ParamRole.Weight, Shape.Rank: >= 2 } }
        && drawn.Spec.Kind != LayerKind.Normalization;

    private static (int First, int Second)? Alike(Drawn drawn)
    {
        int rows = checked((int)drawn.Spec.Shape[0]);
        int length = drawn.Bytes.Length / rows;
        var seen = new Dictionary<int, List<int>>();
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<byte> bytes = drawn.Bytes.AsSpan(row * length, length);
            int hash = Hash(bytes);
            ref List<int>? same = ref CollectionsMarshal.GetValueRefOrAddDefault(seen, hash, out _);
            foreach (int other in same ??= [])
            {
                if (bytes.SequenceEqual(drawn.Bytes.AsSpan(other * length, length)))
                {
                    return (other, row);
                }
            }

            same.Add(row);
        }

        return null;
    }

    private static int Hash(ReadOnlySpan<byte> bytes)
    {
        var hash = default(HashCode);
        hash.AddBytes(bytes);
        return hash.ToHashCode();
    }
}
