using TorchSharp;
using static TorchSharp.torch;

namespace InitDsl;

/// <summary>
/// Torch's global generator, held by one check at a time and left in the state it had: it belongs to the process, and
/// test projects run several tests at once.
/// </summary>
internal sealed class GlobalGenerator : IDisposable
{
    private static readonly Lock OneAtATime = new();
    private readonly Tensor state;

    private GlobalGenerator() => state = random.get_rng_state();

    internal static GlobalGenerator Hold()
    {
        OneAtATime.Enter();
        try
        {
            return new();
        }
        catch
        {
            OneAtATime.Exit();
            throw;
        }
    }

    internal static void Seed(long seed) => random.manual_seed(seed).Dispose();

    public void Dispose()
    {
        random.set_rng_state(state);
        state.Dispose();
        OneAtATime.Exit();
    }
}
