namespace LstmDsl;

/// <summary>A run that a checkpoint was written in and that the next fit goes on with.</summary>
/// <param name="Path">The checkpoint.</param>
/// <param name="Position">Where the run stood.</param>
/// <param name="Record">Its epochs.</param>
/// <param name="Seed">Its seed.</param>
/// <param name="Loss">What it minimised, as <see cref="KerasLossObject.Text"/> says it; null where the file does not tell.</param>
internal sealed record Resumption(string Path, RunPosition Position, RunRecord Record, int Seed, string? Loss);
