namespace InitDsl;

/// <summary>Whose fan-in and fan-out a scaled law uses.</summary>
public enum Fans
{
    /// <summary>
    /// The layer's own: how many inputs feed one output, and how many outputs one input feeds, with groups,
    /// transposition, stride, the gates of a recurrent layer and packed blocks taken into account.
    /// </summary>
    Layer,

    /// <summary>
    /// PyTorch's: <c>shape[1]</c> and <c>shape[0]</c> times the size of what remains of the shape, whatever the
    /// module is (<c>torch.nn.init._calculate_fan_in_and_fan_out</c>).
    /// </summary>
    Torch,
}
