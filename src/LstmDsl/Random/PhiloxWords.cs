namespace LstmDsl;

/// <summary>Four 32-bit words: a counter of <see cref="Philox"/>, or what it draws for one.</summary>
internal readonly record struct PhiloxWords(uint Word0, uint Word1, uint Word2, uint Word3)
{
    /// <summary>A word by its place.</summary>
    public uint this[int place] => place == 0 ? Word0 : place == 1 ? Word1 : place == 2 ? Word2 : Word3;
}
