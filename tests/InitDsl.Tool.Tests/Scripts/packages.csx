#r "nuget: InitDsl.TorchSharp, 0.1.0"
#r "nuget: TorchSharp-cpu, 0.107.0"
Console.WriteLine(Kaiming);
