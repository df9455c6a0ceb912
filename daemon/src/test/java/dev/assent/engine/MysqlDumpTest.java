package dev.assent.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MysqlDumpTest {

    @Test
    void statements_end_at_their_semicolons_and_comments_between_them_are_none()
            throws IOException {
        assertThat(
                        statements(
                                """
                                /*M!999999\\- enable the sandbox mode */
                                -- MariaDB dump 10.19

                                --
                                /*!40101 SET NAMES utf8mb4 */;
                                CREATE TABLE `a` (
                                  `b` int
                                );
                                SELECT 1; SELECT 2;

                                -- Dump completed
                                """))
                .containsExactly(
                        "/*!40101 SET NAMES utf8mb4 */",
                        "CREATE TABLE `a` (\n  `b` int\n)",
                        "SELECT 1",
                        "SELECT 2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO t VALUES ('a;b')",
                "INSERT INTO t VALUES ('it''s; ',\"x;\\\"y;\")",
                "INSERT INTO t VALUES ('\\';','\\\\',';')",
                "INSERT INTO t VALUES ('a\n-- no comment;\nb')",
                "INSERT INTO t VALUES (';\r\n;')",
                "CREATE TABLE `a;``;` (b int)",
                "SELECT 1 /* not; yet */ + 1",
                "SELECT 1 /*/ not; yet */ + 1",
                "SELECT 1 -- it's not; yet\n + 1",
                "SELECT 1 # it's not; yet\n + 1",
                "SELECT 2--1",
                "/*!50001 CREATE VIEW `v` AS SELECT ';' AS `;` */"
            })
    void a_semicolon_within_quotes_or_comments_ends_nothing(String statement) throws IOException {
        assertThat(statements(statement + ";\nSELECT 3;\n")).containsExactly(statement, "SELECT 3");
    }

    @Test
    void a_routine_has_semicolons_and_ends_at_the_delimiter_of_its_block() throws IOException {
        assertThat(
                        statements(
                                """
                                DELIMITER ;;
                                /*!50003 CREATE*/ /*!50003 TRIGGER `t` BEFORE INSERT ON `a` FOR EACH ROW
                                BEGIN
                                  -- it's here ;; or not
                                  SET @a = ';;';
                                  SET @b = 2;
                                END */;;
                                SELECT 1 ;;
                                DELIMITER ;
                                SELECT 2;
                                """))
                .containsExactly(
                        """
                        /*!50003 CREATE*/ /*!50003 TRIGGER `t` BEFORE INSERT ON `a` FOR EACH ROW
                        BEGIN
                          -- it's here ;; or not
                          SET @a = ';;';
                          SET @b = 2;
                        END */\
                        """,
                        "SELECT 1",
                        "SELECT 2");
    }

    @Test
    void backslashes_are_letters_where_the_dump_says_so_and_until_it_says_otherwise()
            throws IOException {
        assertThat(
                        statements(
                                """
                                /*!50003 SET sql_mode              = 'ANSI,NO_BACKSLASH_ESCAPES' */ ;
                                SELECT '\\';
                                SET sql_mode = '';
                                SELECT '\\';';
                                """))
                .element(1)
                .isEqualTo("SELECT '\\'");
        assertThat(statements("SET sql_mode='';\nSELECT '\\';';\n")).endsWith("SELECT '\\';'");
    }

    @Test
    void a_last_statement_may_lack_its_delimiter() throws IOException {
        assertThat(statements("SELECT 1;\nSELECT 2")).containsExactly("SELECT 1", "SELECT 2");
        assertThat(statements("")).isEmpty();
    }

    private static List<String> statements(String text) throws IOException {
        var dump = new MysqlDump(new StringReader(text));
        var statements = new ArrayList<String>();
        for (var next = dump.next(); next.isPresent(); next = dump.next()) {
            statements.add(next.get());
        }
        return statements;
    }
}
