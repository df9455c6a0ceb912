package dev.assent.reconcile;

import dev.assent.state.JobTables;
import java.util.Properties;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.impl.SchedulerRepository;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.impl.jdbcjobstore.JobStoreTX;
import org.quartz.impl.jdbcjobstore.PostgreSQLDelegate;
import org.quartz.simpl.RAMJobStore;
import org.quartz.utils.DBConnectionManager;

/// Where Quartz keeps its jobs.
public sealed interface JobStore {

    /// Whether others take turns, too.
    boolean isShared();

    Scheduler scheduler();

    /// In memory: one daemon alone, which sets all turns when it starts.
    record Alone() implements JobStore {

        @Override
        public boolean isShared() {
            return false;
        }

        @Override
        public Scheduler scheduler() {
            var properties = Settings.polls("alone");
            properties.setProperty("org.quartz.jobStore.class", RAMJobStore.class.getName());
            return Settings.scheduler(properties);
        }
    }

    /// In PostgreSQL, for all nodes that share the record. A node that dies is missed within ten
    /// seconds, and another one takes its turns.
    ///
    /// @param node this node, in this life of it
    record Shared(String node, JobTables tables) implements JobStore {

        /// How often a node says that it lives; Quartz misses one that is 7.5 s late.
        private static final String CHECK_IN = "2000";

        /// How soon a node sees a turn that another one has set, in milliseconds.
        private static final String IDLE = "2000";

        @Override
        public boolean isShared() {
            return true;
        }

        @Override
        public Scheduler scheduler() {
            DBConnectionManager.getInstance().addConnectionProvider(node, tables);
            var properties = Settings.polls(node);
            properties.setProperty("org.quartz.scheduler.idleWaitTime", IDLE);
            var store = "org.quartz.jobStore.";
            properties.setProperty(store + "class", JobStoreTX.class.getName());
            properties.setProperty(
                    store + "driverDelegateClass", PostgreSQLDelegate.class.getName());
            properties.setProperty(store + "dataSource", node);
            properties.setProperty(store + "useProperties", "true");
            properties.setProperty(store + "isClustered", "true");
            properties.setProperty(store + "clusterCheckinInterval", CHECK_IN);
            properties.setProperty(store + "acquireTriggersWithinLock", "true");
            return Settings.scheduler(properties);
        }
    }

    /// What Quartz is told.
    final class Settings {

        private static final String NAME = "assent";

        /// Most of a poll is spent waiting, some of it for remotes that do not answer.
        private static final String AT_ONCE = "16";

        private Settings() {}

        private static Properties polls(String node) {
            var properties = new Properties();
            properties.setProperty("org.quartz.scheduler.instanceName", NAME);
            properties.setProperty("org.quartz.scheduler.instanceId", node);
            properties.setProperty("org.quartz.scheduler.skipUpdateCheck", "true");
            properties.setProperty("org.quartz.threadPool.threadCount", AT_ONCE);
            properties.setProperty("org.quartz.threadPool.threadNamePrefix", "poll");
            properties.setProperty("org.quartz.threadPool.makeThreadsDaemons", "true");
            return properties;
        }

        private static synchronized Scheduler scheduler(Properties properties) {
            try {
                var scheduler = new StdSchedulerFactory(properties).getScheduler();
                // Whoever asks for another one would be given this: all nodes' have one name.
                SchedulerRepository.getInstance().remove(NAME);
                return scheduler;
            } catch (SchedulerException e) {
                throw new IllegalStateException("the poll jobs could not be set up", e);
            }
        }
    }
}
