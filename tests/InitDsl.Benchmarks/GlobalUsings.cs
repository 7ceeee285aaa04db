global using BenchmarkDotNet.Attributes;
global using InitDsl;
global using TorchSharp;
global using TorchSharp.Modules;
global using static InitDsl.Dsl;
global using static TorchSharp.torch;
global using static TorchSharp.torch.nn;
