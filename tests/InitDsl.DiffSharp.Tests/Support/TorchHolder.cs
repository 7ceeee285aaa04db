using TorchSharp;

namespace InitDsl.Tests;

/// <summary>A TorchSharp module that holds another under a name.</summary>
internal sealed class TorchHolder : torch.nn.Module
{
    internal TorchHolder(string name, torch.nn.Module held)
        : base("holder") => register_module(name, held);
}
