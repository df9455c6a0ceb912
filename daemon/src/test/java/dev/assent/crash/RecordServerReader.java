package dev.assent.crash;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/// The record on a PostgreSQL server, read over a connection of its own for every question.
///
/// @param url of the database
/// @param login who asks
record RecordServerReader(String url, Properties login) implements RecordReader {

    @Override
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url, login);
    }
}
