using System.Runtime.InteropServices;

namespace InitDsl.Tests;

/// <summary>What a backend gets that says no more than it must.</summary>
public class ParameterStoreTests
{
    [Fact]
    public void A_store_is_written_on_one_thread_and_has_memory_of_its_own()
    {
        var store = new CopiedStore(4);
        Assert.False(store.WritableOnAnyThread);
        Assert.True(store.WritesThrough);
        Assert.True(store.HasMemory);
        Assert.False(store.TakesMemoryForOthers);
        Assert.Empty(store.Aliases);
        Assert.Throws<ArgumentNullException>("spec", () => new CopiedStore(null!));
    }

    /// <summary>Of what Write hands out nothing is promised: what is to stay is read before.</summary>
    [Fact]
    public void Values_that_a_rule_keeps_stay_where_memory_is_handed_out_empty_and_in_parts()
    {
        var store = new CopiedStore(6);
        store.Write((start, run) => MemoryMarshal.Cast<byte, float>(run).Fill(start + 1));
        Assert.Equal([1, 1, 3, 3, 5, 5], store.Values);
        var model = new OneStore(store);
        PlanCompiler.Compile((RuleSet)All.Keep() + All.Rows(1, 2).Weight(Const(9)), model, RandomSource.Philox(1)).Apply();
        Assert.Equal([1, 9, 3, 3, 5, 5], store.Values);
    }

    /// <summary>A backend that hands out what lies outside of its parameter is found out, not taken for its beginning.</summary>
    [Fact]
    public void Places_that_no_array_has_are_an_overflow()
    {
        Assert.Throws<OverflowException>(() => new LyingStore(1L << 62, null, null).Update((_, _) => { }));
        Assert.Throws<OverflowException>(() => new LyingStore(4, 1L << 32, null).Update((_, _) => { }));
        Assert.Throws<OverflowException>(() => new LyingStore(4, null, 1L << 32).Update((_, _) => { }));
    }

    /// <summary>Says of a run that it begins somewhere else, or hands out none.</summary>
    private sealed class LyingStore(long elements, long? readAt, long? writtenAt)
        : ParameterStore(new ParamSpec { ModulePath = "", Name = "w", ModuleType = typeof(FakeLinear), Role = ParamRole.Weight, Shape = new(elements) })
    {
        public override string? WhyNotWritable() => null;

        public override void Write(RunWriter write)
        {
            if (writtenAt is { } start)
            {
                write(start, new byte[4]);
            }
        }

        public override void Read(RunReader read)
        {
            if (readAt is { } start)
            {
                read(start, new byte[4]);
            }
        }
    }

    private sealed class OneStore(ParameterStore store) : ModelParameters
    {
        public override string Name => "OneStore";

        public override IReadOnlyList<ParameterStore> Stores => [store];
    }

    /// <summary>Hands out two floats at a time: a copy to read, empty memory to write, which is then copied.</summary>
    private sealed class CopiedStore : ParameterStore
    {
        private readonly float[] values;

        internal CopiedStore(long elements)
            : this(new ParamSpec { ModulePath = "", Name = "w", ModuleType = typeof(FakeLinear), Role = ParamRole.Weight, Shape = new(elements) })
        {
        }

        internal CopiedStore(ParamSpec spec)
            : base(spec) => values = new float[spec.Shape.Elements];

        internal float[] Values => values;

        public override string? WhyNotWritable() => null;

        public override void Write(RunWriter write)
        {
            for (int start = 0; start < values.Length; start += 2)
            {
                float[] part = new float[2];
                write(start, MemoryMarshal.AsBytes(part.AsSpan()));
                part.CopyTo(values, start);
            }
        }

        public override void Read(RunReader read)
        {
            for (int start = 0; start < values.Length; start += 2)
            {
                read(start, MemoryMarshal.AsBytes(values.AsSpan(start, 2)));
            }
        }
    }
}
