global using FsCheck;
global using FsCheck.Fluent;
global using InitDsl;
global using TorchSharp;
global using TorchSharp.Modules;
global using static InitDsl.Dsl;
global using static TorchSharp.torch;
global using static TorchSharp.torch.nn;

// The global generator belongs to the process.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
