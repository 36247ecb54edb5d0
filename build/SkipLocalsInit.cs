// Compiled into every freestanding project: locals are not zeroed on entry, which would cost instructions and use SSE.
// Next: Image.targets.
[module: System.Runtime.CompilerServices.SkipLocalsInit]
