await Task.FromResult(4)
