using System.Diagnostics.CodeAnalysis;

namespace InitDsl.Mutation;

/// <summary>Which of the mutants in the library is on, and which were asked for since a test began.</summary>
public static class Switch
{
    /// <summary>The number of the mutant that is on, −1 for none; the library asks for it wherever it has a mutant.</summary>
    [SuppressMessage("Usage", "CA2211", Justification = "A field, so that asking for it takes one comparison.")]
    public static int Active = int.Parse(Environment.GetEnvironmentVariable("MUTANT") ?? "-1", System.Globalization.CultureInfo.InvariantCulture);

    private static readonly bool[] Asked = new bool[1 << 16];

    /// <summary>What the library that records asks in place of <see cref="Active"/>: notes the mutant, which is off.</summary>
    public static bool See(int mutant)
    {
        // Looked at first: a store to memory that others read, at every value drawn, would take most of the time.
        if (!Asked[mutant])
        {
            Asked[mutant] = true;
        }

        return false;
    }

    /// <summary>The mutants that were asked for since the last call.</summary>
    public static IReadOnlyList<int> Take()
    {
        int[] asked = [.. Enumerable.Range(0, Asked.Length).Where(mutant => Asked[mutant])];
        Array.Clear(Asked);
        return asked;
    }
}
