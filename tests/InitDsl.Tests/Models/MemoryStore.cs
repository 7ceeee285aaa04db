using System.Runtime.InteropServices;

namespace InitDsl.Tests;

/// <summary>A parameter in a byte array, handed out in runs of any size.</summary>
internal sealed class MemoryStore(ParamSpec spec, IReadOnlyList<ParamSpec>? aliases = null, bool withMemory = true)
    : ParameterStore(spec, aliases)
{
    /// <summary>What the memory is full of before it is written.</summary>
    internal const byte OldByte = 0x5A;

    private readonly byte[] bytes = withMemory ? NewBytes(spec) : [];

    /// <summary>Elements a run; a parameter larger than this is handed out in several.</summary>
    internal int RunLength { get; set; } = int.MaxValue;

    internal string? Unwritable { get; set; }

    internal bool AnyThread { get; set; }

    public override bool WritableOnAnyThread => AnyThread;

    /// <summary>The threads that <see cref="Write"/> was called on.</summary>
    internal List<int> WrittenOn { get; } = [];

    /// <summary>What writing throws.</summary>
    internal Exception? Failure { get; set; }

    internal Action? BeforeFailing { get; set; }

    /// <summary>Called before each run is handed out for writing.</summary>
    internal Action? BeforeRun { get; set; }

    /// <summary>Hands out a copy of each run, as backends do for memory that they cannot write themselves.</summary>
    internal bool ThroughCopy { get; set; }

    /// <summary>Stands for a parameter whose memory is taken when it is written.</summary>
    internal bool Deferred { get; set; }

    internal override bool WritesThrough => !ThroughCopy;

    internal override bool HasMemory => !Deferred;

    /// <summary>Stands for a parameter whose memory is taken together with others'.</summary>
    internal bool Shared { get; set; }

    /// <summary>The threads that took the memory.</summary>
    internal List<int> TakenOn { get; } = [];

    internal override bool TakesMemoryForOthers => Deferred && Shared;

    internal override void TakeMemory() => TakenOn.Add(Environment.CurrentManagedThreadId);

    internal byte[] Bytes => bytes;

    internal float[] Floats => MemoryMarshal.Cast<byte, float>(bytes).ToArray();

    internal double[] Doubles
    {
        get
        {
            var values = new List<double>();
            StoredValues.Visit(this, (_, part) => values.AddRange(part));
            return [.. values];
        }
    }

    public override string? WhyNotWritable() => Unwritable;

    public override void Write(RunWriter write)
    {
        WrittenOn.Add(Environment.CurrentManagedThreadId);
        if (Failure is not null)
        {
            BeforeFailing?.Invoke();
            throw Failure;
        }

        Runs((start, run) =>
        {
            BeforeRun?.Invoke();
            Span<byte> memory = ThroughCopy ? new byte[run.Length] : run.Span;
            write(start, memory);
            memory.CopyTo(run.Span);
        });
    }

    public override void Read(RunReader read) => Runs((start, run) => read(start, run.Span));

    /// <summary>Memory as an allocator leaves it: full of old values.</summary>
    private static byte[] NewBytes(ParamSpec spec)
    {
        byte[] bytes = new byte[spec.Shape.Elements * spec.DType.Size()];
        Array.Fill(bytes, OldByte);
        return bytes;
    }

    private void Runs(Action<long, Memory<byte>> visit)
    {
        int size = Spec.DType.Size();
        long elements = Spec.Shape.Elements;
        for (long start = 0; start < elements; start += RunLength)
        {
            int length = (int)Math.Min(RunLength, elements - start);
            visit(start, bytes.AsMemory((int)start * size, length * size));
        }
    }
}
