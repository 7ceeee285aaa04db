namespace InitDsl;

/// <summary>
/// A gate of a recurrent layer: one of the equal blocks of rows that PyTorch stacks in its weights and biases. An LSTM
/// has <see cref="Input"/>, <see cref="Forget"/>, <see cref="Cell"/> and <see cref="Output"/>, in this order; a GRU
/// <see cref="Reset"/>, <see cref="Update"/> and <see cref="New"/>.
/// </summary>
public enum Gate
{
    /// <summary>An LSTM's i: how much of the candidate is written.</summary>
    Input,

    /// <summary>An LSTM's f: how much of the memory stays.</summary>
    Forget,

    /// <summary>An LSTM's g: the candidate for its memory.</summary>
    Cell,

    /// <summary>An LSTM's o: how much of the memory is shown.</summary>
    Output,

    /// <summary>A GRU's r: how much of the old state the candidate sees.</summary>
    Reset,

    /// <summary>A GRU's z: how much of the old state stays.</summary>
    Update,

    /// <summary>A GRU's n: the candidate for its state.</summary>
    New,
}
