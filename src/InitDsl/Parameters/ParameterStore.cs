namespace InitDsl;

/// <summary>Receives one contiguous run of a parameter's memory to write.</summary>
/// <param name="start">Index of the run's first element in the whole row-major parameter.</param>
/// <param name="destination">The memory: whole elements of the parameter's dtype.</param>
public delegate void RunWriter(long start, Span<byte> destination);

/// <summary>Receives one contiguous run of a parameter's memory to read.</summary>
/// <param name="start">Index of the run's first element in the whole row-major parameter.</param>
/// <param name="source">The memory: whole elements of the parameter's dtype.</param>
public delegate void RunReader(long start, ReadOnlySpan<byte> source);

/// <summary>The memory of one parameter, as a backend gives access to it.</summary>
public abstract class ParameterStore
{
    /// <summary>Describes the parameter under its first path.</summary>
    /// <param name="spec">What is known of it.</param>
    /// <param name="aliases">The same parameter as other modules that share it see it.</param>
    protected ParameterStore(ParamSpec spec, IReadOnlyList<ParamSpec>? aliases = null)
    {
        ArgumentNullException.ThrowIfNull(spec);
        Spec = spec;
        Aliases = aliases ?? [];
    }

    /// <summary>The parameter under its first path.</summary>
    public ParamSpec Spec { get; }

    /// <summary>The other places where a tied parameter is registered.</summary>
    public IReadOnlyList<ParamSpec> Aliases { get; }

    /// <summary>The parameter under all its paths, the first first.</summary>
    internal IEnumerable<ParamSpec> Specs => Aliases.Prepend(Spec);

    /// <summary>
    /// Why the parameter cannot be written at this moment (disposed, resized, on the meta device, …), as the end
    /// of a sentence that begins with its path; null when it can.
    /// </summary>
    public abstract string? WhyNotWritable();

    /// <summary><see cref="WhyNotWritable"/> of a parameter as it was when the model was read, which may be answered from
    /// what was read then.</summary>
    internal virtual string? WhyRefused() => WhyNotWritable();

    /// <summary>
    /// Whether <see cref="Write"/> may be called on any thread, also while other parameters are written on others.
    /// Where it may not, it is called on the thread that applies the plan, and nowhere else; the runs that it hands
    /// out are plain memory, which several threads may write in parts either way.
    /// </summary>
    public virtual bool WritableOnAnyThread => false;

    /// <summary>
    /// Whether the runs that <see cref="Write"/> hands out are the parameter's own memory, and not a copy that is
    /// brought there once a run has been written.
    /// </summary>
    internal virtual bool WritesThrough => true;

    /// <summary>Whether the parameter has memory before it is first written; what is taken then holds anything.</summary>
    internal virtual bool HasMemory => true;

    /// <summary>Whether taking the memory of this parameter changes others, whose threads might be looking at them.</summary>
    internal virtual bool TakesMemoryForOthers => false;

    /// <summary>Takes the memory of a parameter that has none yet, uninitialised; <see cref="Write"/> does it otherwise.</summary>
    internal virtual void TakeMemory()
    {
    }

    /// <summary>Hands out the whole memory for writing, in runs that together cover every element once.</summary>
    /// <param name="write">Called for each run.</param>
    public abstract void Write(RunWriter write);

    /// <summary>
    /// Hands out the whole memory for writing, as <see cref="Write"/> does, with the values that it has now, for some of
    /// them to stay.
    /// </summary>
    /// <param name="write">Called for each run.</param>
    internal virtual void Update(RunWriter write)
    {
        // Nothing is promised of what lies in the memory that Write hands out.
        int size = Spec.DType.Size();
        byte[] current = new byte[checked(Spec.Shape.Elements * size)];
        Read((start, source) => source.CopyTo(current.AsSpan(checked((int)(start * size)))));
        Write((start, destination) =>
        {
            current.AsSpan(checked((int)(start * size)), destination.Length).CopyTo(destination);
            write(start, destination);
        });
    }

    /// <summary>Hands out the whole memory for writing what follows a law, which may keep some of the values.</summary>
    internal void WriteFor(Law law, RunWriter write)
    {
        if (law is OverlaidLaw { KeepsSome: true })
        {
            Update(write);
        }
        else
        {
            Write(write);
        }
    }

    /// <summary>Hands out the whole memory for reading, in runs that together cover every element once.</summary>
    /// <param name="read">Called for each run.</param>
    public abstract void Read(RunReader read);
}
