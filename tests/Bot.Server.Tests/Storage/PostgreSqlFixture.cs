namespace Bot.Server.Tests.Storage;

/// <summary>One PostgreSQL for all tests of a class; each takes a database of its own.</summary>
public sealed class PostgreSqlFixture : PostgreSqlServer, IAsyncLifetime;
