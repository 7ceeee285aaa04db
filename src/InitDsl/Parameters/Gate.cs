namespace InitDsl;

/// <summary>
/// Gates of a recurrent layer, several together with <c>|</c>: the equal blocks of rows that PyTorch stacks in its
/// weights and biases. An LSTM has <see cref="Input"/>, <see cref="Forget"/>, <see cref="Cell"/> and
/// <see cref="Output"/>, in this order; a GRU <see cref="Reset"/>, <see cref="Update"/> and <see cref="New"/>.
/// </summary>
[Flags]
public enum Gate
{
    /// <summary>None of them; no rule takes it.</summary>
    None = 0,

    /// <summary>An LSTM's i: how much of the candidate is written.</summary>
    Input = 1,

    /// <summary>An LSTM's f: how much of the memory stays.</summary>
    Forget = 2,

    /// <summary>An LSTM's g: the candidate for its memory.</summary>
    Cell = 4,

    /// <summary>An LSTM's o: how much of the memory is shown.</summary>
    Output = 8,

    /// <summary>A GRU's r: how much of the old state the candidate sees.</summary>
    Reset = 16,

    /// <summary>A GRU's z: how much of the old state stays.</summary>
    Update = 32,

    /// <summary>A GRU's n: the candidate for its state.</summary>
    New = 64,
}
